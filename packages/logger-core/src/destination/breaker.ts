export interface BreakerOptions {
  /** Failed writes in a row that open it. @default 5 */
  failures: number;
  /** How long it stays open before one batch may try. @default 10000 */
  cooldownMs: number;
}

/** Circuit breaker: after so many failures in a row nothing is tried for a while, then one batch is. Pure: takes the time. */
export class Breaker {
  readonly #options: BreakerOptions;
  #failures = 0;
  #openedAtMs: number | undefined;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get open(): boolean {
    return this.#openedAtMs !== undefined;
  }

  succeed(): void {
    this.#failures = 0;
    this.#openedAtMs = undefined;
  }

  fail(nowMs: number): void {
    this.#failures += 1;
    if (this.#failures >= this.#options.failures) this.#openedAtMs = nowMs;
  }

  /** Ends the cooldown early: the next batch may try. */
  rest(nowMs: number): void {
    if (this.#openedAtMs !== undefined) this.#openedAtMs = nowMs - this.#options.cooldownMs;
  }

  /** How long until a batch may try; 0 when it may now. */
  waitMs(nowMs: number): number {
    if (this.#openedAtMs === undefined) return 0;
    return Math.max(0, this.#openedAtMs + this.#options.cooldownMs - nowMs);
  }
}
