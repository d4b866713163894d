import { type SealChain } from './seal-chain';
import { holdsLog, leaveLog, type SealHolder, takeLog } from './seal-holders';
import { type Sealer } from './sealer';

export interface LogHoldParts {
  readonly holder: SealHolder;
  readonly sealer: Sealer;
  /** The log's path, when it is in files here; without one a tree begins with the process. */
  readonly path: string | undefined;
  /** Reads from the disk where the log stands, and sets what has to be sealed next. */
  readonly resume: () => SealChain;
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
    const { sealer, resume } = this.#parts;
    const known = this.#stale ? sealer.chain : undefined;
    try {
      const chain = resume();
      // Lines that were written and are gone stay in the tree: that they are missing must come to light.
      if (known === undefined || chain.end >= known.end) sealer.chain = chain;
    } catch (thrown) {
      this.release();
      throw thrown;
    }
    this.#stale = false;
    this.#started = true;
  }
}
