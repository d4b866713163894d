import { closeSync, fdatasyncSync, fstatSync, openSync, type Stats, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { cutBack } from './cut-back';
import { endsWithLine } from './ends-with-line';
import { OPEN_FLAGS } from './open-flags';
import { syncDirectory } from './sync-directory';

/** What became of a write. */
export type WriteOutcome = 'written' | 'again' | Error;

/** How often the live file is looked for under its name. */
const LOOK_MS = 250;

/**
 * The `fs` that winston-daily-rotate-file's streams write through: synchronous (it has a thread to itself), and it
 * keeps the truth. The stream always hears that all went well, because a stream that fails once is dead; what
 * really happened stands in {@link outcome}, and the writer acts on it.
 */
export class AcknowledgedFs {
  /** What became of the last write; undefined while the stream has not opened its file yet. */
  outcome: WriteOutcome | undefined;
  /** Called when a write has an outcome that came later than the call. */
  onOutcome: (() => void) | undefined;
  /** Called when the stream has asked for its file. */
  onOpen: (() => void) | undefined;
  #path: string | undefined;
  #fd: number | undefined;
  #size = 0;
  #regular = true;
  /** Whether the file system says by the count of links that a file has been deleted. */
  #countsLinks = true;
  #device = 0;
  #inode = 0;
  #lookedAtMs = 0;
  #torn = false;
  #directorySynced = false;
  /** Bytes of the current write that a pipe has taken already. */
  #taken = 0;

  get path(): string | undefined {
    return this.#path;
  }

  /** Bytes in the live file. */
  get size(): number {
    return this.#size;
  }

  // --- what fs.createWriteStream asks for ---

  readonly open = (path: string, _flags: unknown, _mode: unknown, done: (error: null, fd: number) => void): void => {
    this.closeFile();
    this.#path = path;
    this.#openFile();
    done(null, 0);
    this.onOpen?.();
  };

  readonly write = (
    _fd: number,
    bytes: Buffer,
    offset: number,
    length: number,
    _position: unknown,
    done: (error: null, written: number) => void,
  ): void => {
    this.outcome = this.#append(bytes.subarray(offset, offset + length));
    done(null, length);
    this.onOutcome?.();
  };

  readonly close = (_fd: number, done: (error: null) => void): void => {
    // The file is closed when the next one is opened, or by closeFile(): a stream that ends late closes nothing of ours.
    done(null);
  };

  // --- what the writer asks for ---

  /** A new write begins; it has no outcome yet. */
  begin(): void {
    this.outcome = undefined;
  }

  /** Makes what has been written survive a power cut. */
  sync(): WriteOutcome {
    if (this.#fd === undefined || this.#path === undefined) return new Error('no file is open');
    try {
      fdatasyncSync(this.#fd);
      if (!this.#directorySynced) syncDirectory(dirname(this.#path));
      this.#directorySynced = true;
      return 'written';
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EINVAL') return 'written'; // a pipe has nothing to sync
      // After a failed fsync the kernel has dropped the dirty pages: only writing again can help.
      return thrown as Error;
    }
  }

  /** Takes back what was written last and could not be synced: it goes again, and must not be there twice. */
  takeBack(bytes: number): void {
    if (this.#fd !== undefined && this.#regular) cutBack(this.#fd, bytes);
    this.closeFile();
  }

  /** Whether the open file is no longer the one under its name: somebody has renamed or deleted it. */
  moved(): boolean {
    if (this.#fd === undefined || !this.#regular) return false;
    const named = statSync(this.#path as string, { throwIfNoEntry: false });
    return named === undefined || this.#isElsewhere(named);
  }

  /** Forgets the file, as if none had been opened yet. */
  forget(): void {
    this.closeFile();
    this.#path = undefined;
    this.#size = 0;
    this.#taken = 0;
  }

  closeFile(): void {
    if (this.#fd === undefined) return;
    const fd = this.#fd;
    this.#fd = undefined;
    try {
      closeSync(fd);
    } catch {
      // Nothing can be done about a descriptor that will not close; its data were written before.
      this.#directorySynced = false;
    }
  }

  #openFile(): Error | undefined {
    try {
      const fd = openSync(this.#path as string, OPEN_FLAGS);
      const stats = fstatSync(fd);
      this.#fd = fd;
      this.#size = stats.size;
      this.#regular = stats.isFile();
      this.#countsLinks = this.#regular && stats.nlink > 0;
      this.#torn = this.#regular && stats.size > 0 && !endsWithLine(this.#path as string, stats.size);
      this.#device = stats.dev;
      this.#inode = stats.ino;
      this.#lookedAtMs = performance.now();
      this.#directorySynced = false;
      return undefined;
    } catch (thrown) {
      return thrown as Error;
    }
  }

  #append(bytes: Buffer): WriteOutcome {
    this.#lookForFile();
    if (this.#fd === undefined) {
      const error = this.#openFile();
      if (error !== undefined) return error;
    }
    const fd = this.#fd as unknown as number;
    let whole = this.#size;
    try {
      // A torn line, left by a crash or a full disk, is ended first.
      if (this.#torn) whole = this.#size += writeSync(fd, '\n');
      this.#torn = false;
      while (this.#taken < bytes.length) {
        const written = writeSync(fd, bytes, this.#taken, bytes.length - this.#taken);
        this.#taken += written;
        this.#size += written;
      }
      this.#taken = 0;
      if (!this.#countsLinks || fstatSync(fd).nlink > 0) return 'written';
    } catch (thrown) {
      // A pipe whose reader is slow: the same bytes come again, and go on where the pipe stopped.
      if ((thrown as NodeJS.ErrnoException).code === 'EAGAIN') return 'again';
      this.#taken = 0;
      if (!this.#regular) this.closeFile();
      else if (this.#size > whole) {
        const size = cutBack(fd, this.#size - whole);
        this.#torn = size === undefined;
        this.#size = size ?? this.#size;
      }
      return thrown as Error;
    }
    // The file was deleted before these bytes came: nobody can read them there.
    this.closeFile();
    return this.#append(bytes);
  }

  /** Somebody may have deleted or renamed the live file: then a new one is made under its name. */
  #lookForFile(): void {
    const now = performance.now();
    if (this.#fd === undefined || !this.#regular || now - this.#lookedAtMs < LOOK_MS) return;
    this.#lookedAtMs = now;
    const stats = statSync(this.#path as string, { throwIfNoEntry: false });
    if (stats === undefined || this.#isElsewhere(stats)) this.closeFile();
    else this.#size = stats.size;
  }

  #isElsewhere(named: Stats): boolean {
    return named.ino !== this.#inode || named.dev !== this.#device;
  }
}
