import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ChunkSealer } from '../encryption/chunk-sealer';
import { FileError } from '../errors';
import { type FileSettings } from '../options/file-settings';
import { leavesRoot } from '../options/leaves-root';
import { AcknowledgedFs } from '../writer/acknowledged-fs';
import { isSameFile } from '../writer/is-same-file';
import { type WriteOutcome } from '../writer/write-outcome';
import { makeDirectory } from '../writer/make-directory';
import { type DailyStream, openDailyStream } from './daily-stream';
import { FileFamily } from './file-family';
import { LiveName } from './live-name';
import { putAside } from './put-aside';

export interface RotatingFileParts {
  readonly settings: FileSettings;
  /** Called when another file has become the live one: those put aside want looking after. */
  readonly changed: (livePath: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * One log file and its rotation. winston-daily-rotate-file opens and links; around it: acknowledged writes, dates in
 * any zone, rotation by size before the limit and under names that only grow (docs/adr/0002).
 */
export class RotatingFile {
  readonly #settings: FileSettings;
  readonly #sealer: ChunkSealer | undefined;
  readonly #fs: AcknowledgedFs;
  readonly #family: FileFamily;
  readonly #liveName: LiveName;
  readonly #now: () => number;
  readonly #changed: (livePath: string) => void;
  #stream: DailyStream | undefined;
  #path: string | undefined;
  #settledPath: string | undefined;
  #segments = 0;
  #shared = false;

  constructor({ settings, changed, now = Date.now }: RotatingFileParts) {
    this.#settings = settings;
    this.#sealer = settings.encryption && new ChunkSealer(settings.encryption);
    this.#fs = new AcknowledgedFs(this.#sealer);
    this.#changed = changed;
    this.#now = now;
    this.#family = new FileFamily(settings.path, settings.datePattern);
    this.#liveName = new LiveName(settings);
  }

  /** The live file, as of the last {@link prepare}. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Opens the file of the present date if it is not open, so that its size is known. */
  async prepare(): Promise<Error | undefined> {
    try {
      const path = this.#liveName.at(this.#now());
      if (path !== this.#path) this.#abandon();
      this.#path = path;
      this.#open(path);
      if (this.#fs.path === undefined) await new Promise<void>((resolve) => (this.#fs.onOpen = resolve));
      this.#fs.measure();
      return undefined;
    } catch (thrown) {
      // The directory cannot be made or read: everything is tried anew the next time.
      this.#abandon();
      return thrown as Error;
    }
  }

  /**
   * Writes bytes that end with a whole record, all or nothing, save for a pipe, which answers `again` until it has
   * taken all. After {@link prepare}.
   */
  async append(bytes: Buffer): Promise<WriteOutcome> {
    this.#fs.begin();
    try {
      this.#stream?.write(bytes);
    } catch (thrown) {
      // The folder cannot be looked at any more: another file is in its place.
      this.#abandon();
      return thrown as Error;
    }
    const outcome = this.#fs.outcome ?? (await this.#outcome());
    // The directory is gone: it is made anew before the next try.
    const { code } = outcome as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') this.#abandon();
    if (outcome === 'written' && this.#path !== this.#settledPath) {
      this.#settledPath = this.#path;
      this.#segments += 1;
      this.#changed(this.#path as string);
    }
    return outcome;
  }

  /** Makes the bytes appended last survive a power cut; when that fails they are not in the file. */
  sync(bytes: number): WriteOutcome {
    const outcome = this.#fs.sync();
    if (outcome instanceof Error) this.#fs.takeBack(bytes);
    return outcome;
  }

  /** Bytes that may still be written before the file has to be put aside. */
  get room(): number {
    const { maxBytes } = this.#settings;
    if (this.#fs.foreign) return 0;
    return maxBytes === undefined ? Infinity : maxBytes - this.#fs.size - (this.#sealer?.overheadBytes ?? 0);
  }

  /** Files that have been begun or gone on with. */
  get segments(): number {
    return this.#segments;
  }

  get empty(): boolean {
    return this.#fs.size === 0;
  }

  /** Whether another process or thread has been seen to write under this name. */
  get shared(): boolean {
    return this.#shared || this.#fs.shared;
  }

  /**
   * Puts the live file aside, so that the next write begins a new one; its new name, why it could not, or undefined
   * when there is none, or nothing in it, or another process has done it already.
   */
  rotate(): string | Error | undefined {
    const path = this.#path ?? this.#liveName.at(this.#now());
    const { opened } = this.#fs;
    this.#abandon();
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true || stats.size === 0) return undefined;
      // What another process has begun in its place has room.
      const aside = isSameFile(stats, opened ?? stats) ? putAside(path, this.#family, stats) : undefined;
      this.#shared ||= aside === undefined;
      this.#settledPath = undefined;
      return aside;
    } catch (thrown) {
      return thrown as Error;
    }
  }

  /** What SIGHUP asks for: a file that logrotate has moved away is opened anew, one that is in its place is put aside. */
  hangUp(): string | Error | undefined {
    try {
      if (!this.#fs.moved()) return this.rotate();
    } catch (thrown) {
      return thrown as Error;
    }
    this.#abandon();
    this.#settledPath = undefined;
    return undefined;
  }

  close(): void {
    this.#abandon();
  }

  #open(path: string): void {
    if (this.#stream !== undefined) return;
    const left = leavesRoot({ path, root: this.#settings.root });
    if (left !== undefined) throw new FileError('MXL_FILE_OUTSIDE_ROOT', left);
    makeDirectory(dirname(path));
    this.#stream = openDailyStream(path, this.#settings.symlinkName, this.#fs);
  }

  #outcome(): Promise<WriteOutcome> {
    return new Promise((resolve) => {
      this.#fs.onOutcome = () => {
        this.#fs.onOutcome = undefined;
        resolve(this.#fs.outcome as WriteOutcome);
      };
    });
  }

  #abandon(): void {
    this.#fs.forget();
    this.#stream?.end();
    this.#stream = undefined;
  }
}
