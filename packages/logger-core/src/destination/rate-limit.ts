export interface RateLimitOptions {
  readonly perSecond: number;
  /** Records that may go at once after a quiet time. @default perSecond, at least 1 */
  readonly burst?: number;
}

/** Token bucket over records. It delays, it does not drop: what has to wait waits in the queue, under its bounds. */
export class RateLimit {
  readonly #perMs: number;
  readonly #burst: number;
  #tokens: number;
  #atMs: number;

  constructor({ perSecond, burst = Math.max(1, perSecond) }: RateLimitOptions, nowMs: number) {
    this.#perMs = perSecond / 1000;
    this.#burst = burst;
    this.#tokens = burst;
    this.#atMs = nowMs;
  }

  /** How many records may go now. */
  available(nowMs: number): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#atMs) * this.#perMs);
    this.#atMs = nowMs;
    return Math.floor(this.#tokens);
  }

  spend(records: number): void {
    this.#tokens -= records;
  }

  /** How long until one record may go. */
  waitMs(): number {
    return Math.max(0, Math.ceil((1 - this.#tokens) / this.#perMs));
  }
}
