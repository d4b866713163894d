import { Housekeeping } from '../keeper/housekeeping';
import { type Keeper } from '../keeper/keeper';
import { differingSettings, encryptionDigest } from '../options/differing-settings';
import { type FileSettings } from '../options/file-settings';
import { RotatingFile } from '../rotation/rotating-file';

/** A lane, as the file that it writes to sees it. */
export interface FileUser {
  readonly shared: SharedArrayBuffer;
  trouble(error: Error): void;
}

/** A file of the writer thread, and what looks after it: one for all lanes that write it by the same settings. */
export class OwnedFile {
  readonly settings: FileSettings;
  readonly file: RotatingFile;
  readonly housekeeping: Housekeeping;
  /** Lanes of the thread's own loggers. */
  readonly users = new Set<FileUser>();
  readonly #first: FileUser;
  #last: Promise<unknown> = Promise.resolve();

  constructor(settings: FileSettings, keeper: Pick<Keeper, 'run'>, first: FileUser) {
    this.settings = settings;
    this.#first = first;
    this.housekeeping = new Housekeeping({
      settings,
      memory: () => this.#user.shared,
      keeper,
      trouble: (error) => this.#user.trouble(error),
    });
    this.file = new RotatingFile({ settings, changed: () => this.keep() });
  }

  /** Something has changed that rules may have to say something about. */
  keep(): void {
    if (this.file.path !== undefined) this.housekeeping.begin(this.file.path, this.file.shared);
  }

  isWrittenBy(settings: FileSettings): boolean {
    const sameKey = encryptionDigest(settings.encryption) === encryptionDigest(this.settings.encryption);
    return sameKey && differingSettings(settings, this.settings).length === 0;
  }

  /** One piece of work at a time: those of several lanes do not mix. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.exclusive(async () => this.file.close());
    await this.housekeeping.end();
  }

  /** Who hears of what concerns the file: one that writes it now. */
  get #user(): FileUser {
    const [user = this.#first] = this.users;
    return user;
  }
}
