import { type Keeper } from '../keeper/keeper';
import { type FileSettings } from '../options/file-settings';
import { type FileUser, OwnedFile } from './owned-file';

/** The files of a writer thread: what its own loggers have opened, and what they have left to lanes of worker threads. */
export class OwnedFiles {
  readonly #keeper: Pick<Keeper, 'run'>;
  /** By path, the latest last: a logger that is configured anew has two files of one path for a while. */
  readonly #files = new Map<string, OwnedFile[]>();
  readonly #guests = new Map<string, Set<FileUser>>();

  constructor(keeper: Pick<Keeper, 'run'>) {
    this.#keeper = keeper;
  }

  /** The file that lanes of worker threads write at present. */
  at(path: string): OwnedFile | undefined {
    return this.#files.get(path)?.at(-1);
  }

  hasGuests(path: string): boolean {
    return this.#guests.has(path);
  }

  /** The file that a lane of this thread's loggers writes. */
  join(user: FileUser, settings: FileSettings): OwnedFile {
    const files = this.#files.get(settings.path) ?? [];
    // Only the latest: an earlier one may not have noticed yet that another file is live.
    const latest = files.at(-1);
    const file = latest?.isWrittenBy(settings) === true ? latest : new OwnedFile(settings, this.#keeper, user);
    file.users.add(user);
    this.#files.set(settings.path, [...files.filter((other) => other !== file), file]);
    void this.#tidy(settings.path);
    return file;
  }

  /** Resolves when the file is closed, if nobody else writes it. */
  async leave(user: FileUser, file: OwnedFile): Promise<void> {
    file.users.delete(user);
    await this.#tidy(file.settings.path);
  }

  /** A lane of a worker thread comes. It decides about the settings only when it is the first. */
  joinAsGuest(user: FileUser, settings: FileSettings): void {
    const { path } = settings;
    this.#guests.set(path, (this.#guests.get(path) ?? new Set()).add(user));
    if (this.at(path) === undefined) this.#files.set(path, [new OwnedFile(settings, this.#keeper, user)]);
  }

  async leaveAsGuest(user: FileUser, path: string): Promise<void> {
    this.#guests.get(path)?.delete(user);
    await this.#tidy(path);
  }

  /** Closes what nobody writes any more. */
  async #tidy(path: string): Promise<void> {
    const files = this.#files.get(path) ?? [];
    const guests = this.#guests.get(path)?.size ?? 0;
    const kept = files.filter((file) => file.users.size > 0 || (guests > 0 && file === files.at(-1)));
    if (kept.length > 0) this.#files.set(path, kept);
    else this.#files.delete(path);
    if (guests === 0) this.#guests.delete(path);
    await Promise.all(files.filter((file) => !kept.includes(file)).map((file) => file.close()));
  }
}
