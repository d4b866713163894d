/** One timer that keeps the earliest moment asked for, and does not keep the process alive while it waits. */
export class Wakeup {
  readonly #run: () => void;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #dueMs = Infinity;

  constructor(run: () => void) {
    this.#run = run;
  }

  get armed(): boolean {
    return this.#timer !== undefined || this.#immediate !== undefined;
  }

  /** Runs no later than this; an earlier appointment stays. */
  after(delayMs: number): void {
    if (this.#immediate !== undefined) return;
    if (delayMs <= 0) {
      this.cancel();
      // Not unref'd: an idle event loop would not wake for it. It holds the process for one turn only.
      this.#immediate = setImmediate(() => this.#fire());
      return;
    }
    if (this.#timer !== undefined && this.#dueMs <= performance.now() + delayMs) return;
    clearTimeout(this.#timer);
    this.#dueMs = performance.now() + delayMs;
    this.#timer = setTimeout(() => this.#fire(), delayMs).unref();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = undefined;
    this.#immediate = undefined;
    this.#dueMs = Infinity;
  }

  #fire(): void {
    this.cancel();
    this.#run();
  }
}
