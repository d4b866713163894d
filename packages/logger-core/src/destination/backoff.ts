export interface RetryOptions {
  /** @default 100 */
  minDelayMs: number;
  /** @default 30000 */
  maxDelayMs: number;
  /** How long a batch is tried before it is given up; by default for ever, the queue's bounds decide. */
  maxElapsedMs: number;
}

/**
 * Delay before an attempt: doubles from `minDelayMs` to `maxDelayMs`, of which a random half is kept ("equal
 * jitter", M. Brooker, Exponential Backoff And Jitter, AWS 2015), so that many clients do not return at once.
 *
 * @param attempt - failed attempts in a row, 1 or more
 * @param random - a number in [0, 1)
 */
export function backoffMs(attempt: number, { minDelayMs, maxDelayMs }: RetryOptions, random: number): number {
  const full = Math.min(maxDelayMs, minDelayMs * 2 ** Math.min(attempt - 1, 30));
  return full / 2 + (full / 2) * random;
}
