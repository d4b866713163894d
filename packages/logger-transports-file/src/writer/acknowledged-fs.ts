import { fstatSync, type Stats, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { FileError } from '../errors';
import { type ChunkSealer } from '../encryption/chunk-sealer';
import { closeQuietly } from './close-quietly';
import { cutBack } from './cut-back';
import { isSameFile } from './is-same-file';
import { type OpenedFile, openLogFile } from './open-log-file';
import { syncFile } from './sync-file';
import { type WriteOutcome } from './write-outcome';

const LOOK_MS = 250; // how often the live file is looked for under its name

/**
 * The `fs` that winston-daily-rotate-file's streams write through: synchronous (it has a thread to itself), and it
 * keeps the truth. The stream always hears that all went well, because a stream that fails once is dead; what
 * really happened stands in {@link outcome}, and the writer acts on it.
 */
export class AcknowledgedFs {
  /** What became of the last write; undefined while the stream has not opened its file yet. */
  outcome: WriteOutcome | undefined;
  /** The file may not be added to: plain where it is to be encrypted, or the other way round, or damaged. */
  foreign = false;
  /** Somebody else has been seen to write to the file. */
  shared = false;
  /** Called when a write has an outcome that came later than the call. */
  onOutcome: (() => void) | undefined;
  /** Called when the stream has asked for its file. */
  onOpen: (() => void) | undefined;
  #path: string | undefined;
  #file: OpenedFile | undefined;
  #size = 0;
  #lookedAtMs = 0;
  #torn = false;
  #directorySynced = false;
  /** Bytes of the current write that a pipe has taken already. */
  #taken = 0;
  readonly #sealer: ChunkSealer | undefined;
  /** The chunk of a write that is not over. */
  #sealed: Buffer | undefined;

  /** @param sealer - what is written is encrypted by it */
  constructor(sealer?: ChunkSealer) {
    this.#sealer = sealer;
  }

  get path(): string | undefined {
    return this.#path;
  }

  get opened(): Stats | undefined {
    return this.#file?.stats;
  }

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

  begin(): void {
    this.outcome = undefined;
  }

  /** Where others write too, what they have added since the last write counts before the next. */
  measure(): void {
    if (this.shared && this.#file?.regular === true) this.#isKept(fstatSync(this.#file.fd));
  }

  /** Makes what has been written survive a power cut. */
  sync(): WriteOutcome {
    if (this.#file === undefined || this.#path === undefined) return new Error('no file is open');
    const outcome = syncFile(this.#file.fd, this.#directorySynced ? undefined : dirname(this.#path));
    if (outcome === 'written') this.#directorySynced = true;
    return outcome;
  }

  /** Takes back what was written last and could not be synced: it goes again, and must not be there twice. What others may have added to stays. */
  takeBack(bytes: number): void {
    if (this.#file?.regular === true && !this.shared) cutBack(this.#file.fd, bytes, this.#size);
    this.closeFile();
  }

  /** Whether the open file is no longer the one under its name: somebody has renamed or deleted it. */
  moved(): boolean {
    if (this.#file?.regular !== true) return false;
    return !isSameFile(statSync(this.#path as string, { throwIfNoEntry: false }), this.#file.stats);
  }

  forget(): void {
    this.closeFile();
    this.#path = undefined;
    this.#size = 0;
    this.#taken = 0;
  }

  closeFile(): void {
    if (this.#file !== undefined) closeQuietly(this.#file.fd);
    this.#file = undefined;
  }

  #openFile(): Error | undefined {
    try {
      this.#file = openLogFile(this.#path as string, this.#sealer);
      ({ foreign: this.foreign, torn: this.#torn, size: this.#size } = this.#file.end);
      this.#lookedAtMs = performance.now();
      this.#directorySynced = false;
      return undefined;
    } catch (thrown) {
      return thrown as Error;
    }
  }

  #append(text: Buffer): WriteOutcome {
    this.#lookForFile();
    const unopened = this.#file === undefined ? this.#openFile() : undefined;
    if (unopened !== undefined) return unopened;
    if (this.foreign) return new FileError('MXL_FILE_DAMAGED', `${String(this.#path)} may not be added to`);
    const { fd, regular, countsLinks } = this.#file as unknown as OpenedFile;
    let whole = this.#size;
    try {
      const bytes = this.#sealer === undefined ? text : (this.#sealed ??= this.#sealer.seal(text));
      // A torn line, left by a crash or a full disk, is ended first.
      if (this.#torn) whole = this.#size += writeSync(fd, '\n');
      this.#torn = false;
      while (this.#taken < bytes.length) {
        const written = writeSync(fd, bytes, this.#taken, bytes.length - this.#taken);
        this.#taken += written;
        this.#size += written;
      }
      this.#taken = 0;
      this.#sealed = undefined;
      if (!countsLinks || this.#isKept(fstatSync(fd))) return 'written';
    } catch (thrown) {
      // A pipe whose reader is slow: the same bytes come again, and go on where the pipe stopped.
      if ((thrown as NodeJS.ErrnoException).code === 'EAGAIN') return 'again';
      this.#taken = 0;
      this.#sealed = undefined;
      if (regular && this.#size > whole) {
        const size = this.shared ? undefined : cutBack(fd, this.#size - whole, this.#size);
        this.#torn = size === undefined;
        this.#size = size ?? this.#size;
      }
      // What became of a chunk is read from the file; the next one gets another salt.
      if (!regular || this.#sealer !== undefined) this.closeFile();
      return thrown as Error;
    }
    // The file was deleted before these bytes came: nobody can read them there.
    this.closeFile();
    return this.#append(text);
  }

  /** Whether the file has a name still. What others have added to it counts towards its limit. */
  #isKept({ nlink, size }: Stats): boolean {
    this.shared ||= size > this.#size;
    if (this.#sealer === undefined) this.#size = size;
    return nlink > 0;
  }

  /** Somebody may have deleted or renamed the live file: then a new one is made under its name. */
  #lookForFile(): void {
    const now = performance.now();
    // A chunk must follow what it was bound to: nobody else may have cut the file or added to it.
    const bound = this.#sealer !== undefined && this.#file?.regular === true ? this.#file.fd : undefined;
    if (bound !== undefined && fstatSync(bound).size !== this.#size) this.closeFile();
    if (this.#file?.regular !== true || now - this.#lookedAtMs < LOOK_MS) return;
    this.#lookedAtMs = now;
    const stats = statSync(this.#path as string, { throwIfNoEntry: false });
    if (stats === undefined || !isSameFile(stats, this.#file.stats)) this.closeFile();
    else this.#isKept(stats);
  }
}
