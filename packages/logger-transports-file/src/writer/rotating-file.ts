import { renameSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import DailyRotateFile from 'winston-daily-rotate-file';
import { type FileSettings } from '../file-options';
import { AcknowledgedFs, type WriteOutcome } from './acknowledged-fs';
import { compressFile } from './compress-file';
import { FileFamily } from './file-family';
import { makeDirectory } from './make-directory';
import { deleteFiles, filesToDelete } from './retention';

/** moment.js prints this as nothing: the file's name is the path as it is. */
const NO_DATE = '[]';

/** What winston-daily-rotate-file writes through; its typings leave it out. */
interface DatedStream extends NodeJS.EventEmitter {
  write(bytes: Buffer): unknown;
  end(): void;
}

/**
 * One log file, its rotation and its retention. winston-daily-rotate-file chooses the name by date, opens, links
 * and switches; around it: acknowledged writes, rotation by size before the limit and under names that only
 * grow, and retention told by the directory alone (docs/adr/0002).
 */
export class RotatingFile {
  readonly #settings: FileSettings;
  readonly #fs = new AcknowledgedFs();
  readonly #family: FileFamily;
  #daily: DailyRotateFile | undefined;
  #tidiedPath: string | undefined;
  #segments = 0;
  #compressing: Promise<void> = Promise.resolve();

  constructor(settings: FileSettings) {
    this.#settings = settings;
    this.#family = new FileFamily(settings.path, settings.datePattern);
  }

  /** Opens the file if none is open, so that its size is known. */
  async prepare(): Promise<Error | undefined> {
    try {
      this.#open();
      if (this.#fs.path === undefined) await new Promise<void>((resolve) => (this.#fs.onOpen = resolve));
      return undefined;
    } catch (thrown) {
      // The directory cannot be made or read: everything is tried anew the next time.
      this.#abandon();
      return thrown as Error;
    }
  }

  /**
   * Writes bytes that end with a whole record, all or nothing, save for a pipe, which answers `again` until it has
   * taken all.
   */
  async append(bytes: Buffer): Promise<WriteOutcome> {
    this.#fs.begin();
    try {
      this.#open().write(bytes);
    } catch (thrown) {
      // A new date needed a new directory, and it could not be made.
      this.#abandon();
      return thrown as Error;
    }
    const outcome = this.#fs.outcome ?? (await this.#outcome());
    // The directory is gone: it is made anew before the next try.
    if (outcome instanceof Error && (outcome as NodeJS.ErrnoException).code === 'ENOENT') this.#abandon();
    if (outcome === 'written' && this.#fs.path !== this.#tidiedPath) this.#tidy();
    return outcome;
  }

  sync(): WriteOutcome {
    return this.#fs.sync();
  }

  /** Bytes that may still be written before the file has to be put aside. */
  get room(): number {
    const { maxBytes } = this.#settings;
    return maxBytes === undefined ? Infinity : maxBytes - this.#fs.size;
  }

  /** Files that have been begun or gone on with. */
  get segments(): number {
    return this.#segments;
  }

  get empty(): boolean {
    return this.#fs.size === 0;
  }

  /** Puts the live file aside, so that the next write begins a new one; why it could not, or undefined. */
  rotate(): Error | undefined {
    const path = this.#fs.path;
    this.#abandon();
    try {
      if (path === undefined || statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
      renameSync(path, this.#family.nextName(path));
      this.#tidiedPath = undefined;
      return undefined;
    } catch (thrown) {
      return thrown as Error;
    }
  }

  async close(): Promise<void> {
    this.#abandon();
    await this.#compressing;
  }

  #open(): DatedStream {
    if (this.#daily === undefined) {
      const { path, datePattern, utc, symlinkName } = this.#settings;
      makeDirectory(dirname(resolve(path)));
      this.#daily = new DailyRotateFile({
        dirname: dirname(path),
        filename: basename(path),
        datePattern: datePattern ?? NO_DATE,
        utc,
        createSymlink: symlinkName !== undefined,
        ...(symlinkName !== undefined && { symlinkName }),
        // Never written, because it is given no maxFiles; naming it spares a hash over the options.
        auditFile: `${path}.audit`,
        options: { flags: 'a', fs: this.#fs },
      });
      // Its streams hear that all went well; an error can only be of its own making, and the write shows it.
      stream(this.#daily).on('error', (error: Error) => (this.#fs.outcome = error));
    }
    return stream(this.#daily);
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
    if (this.#daily !== undefined) stream(this.#daily).end();
    this.#daily = undefined;
  }

  /** After a new file has begun. The records are in the file: whatever goes wrong here is no reason to write them again. */
  #tidy(): void {
    const path = this.#fs.path as string;
    this.#tidiedPath = path;
    this.#segments += 1;
    try {
      this.#clear(path);
    } catch {
      // A folder that may be written to but not listed; the next rotation looks again.
      return;
    }
  }

  /** Deletes what is too old or too many, and compresses what is left. */
  #clear(path: string): void {
    const rotated = this.#family.rotated(path);
    const doomed = new Set(filesToDelete(rotated, this.#settings, Date.now()));
    deleteFiles([...doomed, ...this.#family.leftovers()]);
    if (!this.#settings.compress) return;
    for (const file of rotated) {
      if (doomed.has(file) || file.compressed) continue;
      this.#compressing = this.#compressing.then(() => compressFile(file.path)).catch(ignoreUntilNextRotation);
    }
  }
}

function stream(daily: DailyRotateFile): DatedStream {
  return (daily as unknown as { logStream: DatedStream }).logStream;
}

function ignoreUntilNextRotation(): void {
  // The original is still there, whole; the next rotation finds it and tries again.
}
