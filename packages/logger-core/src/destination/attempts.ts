import { backoffMs, type RetryOptions } from './backoff';
import { Breaker, type BreakerOptions } from './breaker';
import { RateLimit, type RateLimitOptions } from './rate-limit';

export type DestinationState = 'active' | 'degraded' | 'failed' | 'recovering' | 'closed';

export interface AttemptsOptions {
  readonly retry: RetryOptions;
  readonly breaker: BreakerOptions;
  readonly rateLimit: RateLimitOptions | undefined;
}

/** Decides when a destination may write next: backoff, breaker and rate limit together. Pure: takes the time. */
export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #breaker: Breaker;
  #rate: RateLimit | undefined;
  #failures = 0;
  #failingSinceMs: number | undefined;
  #notBeforeMs = 0;

  constructor(options: AttemptsOptions, nowMs: number) {
    this.#options = options;
    this.#breaker = new Breaker(options.breaker);
    this.#rate = options.rateLimit === undefined ? undefined : new RateLimit(options.rateLimit, nowMs);
  }

  /** How long to wait before the next write; 0 when it may be now. */
  waitMs(nowMs: number): number {
    const wait = Math.max(0, this.#notBeforeMs - nowMs, this.#breaker.waitMs(nowMs));
    if (wait > 0 || this.#rate === undefined) return wait;
    return this.#rate.available(nowMs) >= 1 ? 0 : this.#rate.waitMs();
  }

  /** How many records the next write may carry. */
  allowance(nowMs: number): number {
    return this.#rate === undefined ? Infinity : this.#rate.available(nowMs);
  }

  /** While a failing destination is probed, one batch at a time goes out. */
  get probing(): boolean {
    return this.#failures > 0;
  }

  sent(records: number): void {
    this.#rate?.spend(records);
  }

  succeeded(): void {
    this.#failures = 0;
    this.#failingSinceMs = undefined;
    this.#notBeforeMs = 0;
    this.#breaker.succeed();
  }

  /** A batch has to be tried again. */
  failed(nowMs: number, afterMs: number | undefined, random: number): void {
    this.#failures += 1;
    this.#failingSinceMs ??= nowMs;
    this.#breaker.fail(nowMs);
    this.#notBeforeMs = nowMs + (afterMs ?? backoffMs(this.#failures, this.#options.retry, random));
  }

  /** A batch was refused for good: the destination answers, but it is not well. */
  refused(): void {
    this.#failures += 1;
  }

  /** Whether it has failed for longer than a batch is worth trying. */
  exhausted(nowMs: number): boolean {
    if (this.#failingSinceMs === undefined || nowMs - this.#failingSinceMs < this.#options.retry.maxElapsedMs)
      return false;
    this.#failingSinceMs = nowMs;
    return true;
  }

  /** The next write may go at once: a flush, or the last try before the end. */
  hurry(nowMs: number): void {
    this.#notBeforeMs = nowMs;
    if (this.#breaker.open) this.#breaker.rest(nowMs);
  }

  /** What still waits for its turn goes now: nobody comes after it. */
  liftRate(): void {
    this.#rate = undefined;
  }

  state(nowMs: number): DestinationState {
    if (this.#failures === 0) return 'active';
    if (this.#breaker.open)
      return this.#breaker.waitMs(nowMs) > 0 || this.#notBeforeMs > nowMs ? 'failed' : 'recovering';
    return this.#failures >= this.#options.breaker.failures ? 'failed' : 'degraded';
  }
}
