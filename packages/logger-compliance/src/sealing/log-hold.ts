import { holdsLog, leaveLog, type SealHolder, takeLog } from './seal-holders';

export interface LogHoldParts {
  readonly holder: SealHolder;
  /** The log's path, when it is in files here; without one a tree begins with the process. */
  readonly path: string | undefined;
  /** The log is taken, see {@link Composer.resume}. */
  readonly resume: (stale: boolean) => void;
}

/** Whether a sealed transport may write its log now, and from where it goes on. */
export class LogHold {
  readonly #parts: LogHoldParts;
  #started = false;
  #stale = false;

  constructor(parts: LogHoldParts) {
    this.#parts = parts;
  }

  get held(): boolean {
    const { path, holder } = this.#parts;
    return this.#started && (path === undefined || holdsLog(path, holder));
  }

  /** What is on the disk may not be what the chain says: a writer died. */
  doubt(): void {
    this.#stale = true;
  }

  /**
   * Takes the log, unless another transport of this process still writes it.
   *
   * @throws what reading the log's end throws; then it is not held
   */
  acquire(): boolean {
    const { path, holder } = this.#parts;
    const taken = path === undefined ? (this.#started ? 'held' : 'new') : takeLog(path, holder);
    if (taken === 'busy') return false;
    if (taken === 'new' || (this.#stale && holder.idle)) this.#resume();
    return true;
  }

  release(): void {
    const { path, holder } = this.#parts;
    if (path !== undefined) leaveLog(path, holder);
    this.#started = false;
  }

  #resume(): void {
    try {
      this.#parts.resume(this.#stale);
    } catch (thrown) {
      this.release();
      throw thrown;
    }
    this.#stale = false;
    this.#started = true;
  }
}
