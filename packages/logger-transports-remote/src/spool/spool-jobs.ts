import { toError } from '@metaexpert/logger-core';
import { type FolderLock } from './folder-lock';
import { type FromSpool, type ToSpool } from './messages';
import { type SpoolFolder } from './spool-folder';

/** How soon something that did not work is tried again. */
const AGAIN_MS = 200;
/** A lock is waited for so long before somebody hears of it: a configuration that replaces another has to wait, too. */
const LOCKED_TRIES = 15;
/** What cannot be read after so many tries is given up. */
const READ_TRIES = 3;

export interface SpoolJobsParts {
  readonly folder: SpoolFolder;
  readonly lock: FolderLock;
  readonly dir: string;
  readonly tell: (message: FromSpool) => void;
  /** Called before and after the disk is asked. */
  readonly busy: (busy: boolean) => void;
  /** Called when a job is finished, whatever became of it. */
  readonly done: () => void;
}

/** What a spool was asked for, one after another; what fails is tried again before what comes after it. */
export class SpoolJobs {
  readonly #parts: SpoolJobsParts;
  readonly #waiting: (ToSpool | 'open')[] = ['open'];
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: SpoolJobsParts) {
    this.#parts = parts;
  }

  add(job: ToSpool): void {
    this.#waiting.push(job);
    if (this.#timer === undefined) this.run();
    else if ('close' in job) this.#finish();
  }

  run(): void {
    this.#timer = undefined;
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      if (!this.#try(job)) {
        this.#timer = setTimeout(() => this.run(), AGAIN_MS);
        return;
      }
      this.#tries = 0;
      this.#waiting.shift();
      this.#parts.done();
    }
  }

  #try(job: ToSpool | 'open'): boolean {
    this.#tries += 1;
    this.#parts.busy(true);
    try {
      return this.#do(job);
    } catch (thrown) {
      this.#parts.tell({ failed: toError(thrown) });
      return false;
    } finally {
      this.#parts.busy(false);
    }
  }

  #do(job: ToSpool | 'open'): boolean {
    const { folder, tell } = this.#parts;
    if (job === 'open') return this.#open();
    if ('append' in job) {
      folder.append(Buffer.from(job.append.buffer, job.append.byteOffset, job.append.byteLength));
      tell({ appended: job.below });
    } else if ('read' in job) {
      const { to, entries } = this.#tries > READ_TRIES ? folder.skip(job.read) : folder.read(job.read, job.limits);
      tell({ read: to, entries });
    } else if ('acknowledge' in job) folder.acknowledge(job.acknowledge);
    else this.#close();
    return true;
  }

  #open(): boolean {
    const { folder, lock, dir, tell } = this.#parts;
    if (!lock.acquire()) {
      const error = new Error(`another process, or another destination, owns the spool in ${dir}`);
      tell(this.#tries % LOCKED_TRIES === 0 ? { failed: error, locked: true } : { waiting: true });
      return false;
    }
    const { first, from, next } = folder.open();
    tell({ opened: first, next });
    if (first < from) tell({ dropped: from });
    return true;
  }

  /** The last job comes although one before it fails: it gets a last try, and the folder is given back. */
  #finish(): void {
    clearTimeout(this.#timer);
    const [failing] = this.#waiting;
    if (failing !== undefined) this.#try(failing);
    this.#close();
  }

  #close(): void {
    const { folder, lock, tell } = this.#parts;
    folder.close();
    lock.release();
    tell({ closed: true });
  }
}
