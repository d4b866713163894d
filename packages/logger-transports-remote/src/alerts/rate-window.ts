/** Counts what comes within a sliding window; keeps no more times than it has to. */
export class RateWindow {
  readonly #count: number;
  readonly #windowMs: number;
  #times: number[] = [];

  constructor({ count, windowMs }: { readonly count: number; readonly windowMs: number }) {
    this.#count = count;
    this.#windowMs = windowMs;
  }

  /** Whether there are enough with this one. */
  add(nowMs: number): boolean {
    this.#times = this.#times
      .filter((time) => time > nowMs - this.#windowMs)
      .slice(1 - this.#count || this.#times.length);
    this.#times.push(nowMs);
    return this.#times.length >= this.#count;
  }

  isOver(nowMs: number): boolean {
    return (this.#times.at(-1) ?? 0) <= nowMs - this.#windowMs;
  }
}
