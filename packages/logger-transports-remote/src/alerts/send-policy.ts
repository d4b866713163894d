import { type ChannelLimits } from './channel-options';

const MINUTE_MS = 60_000;
const MIN_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 60_000;

/** When the next message may go to a channel. Pure: takes the time. */
export class SendPolicy {
  readonly #perMinute: number;
  readonly #minIntervalMs: number;
  #sentMs: number[] = [];
  #notBeforeMs = -Infinity;
  #failures = 0;

  constructor({ perMinute = 20, minIntervalMs = 1000 }: ChannelLimits) {
    this.#perMinute = perMinute;
    this.#minIntervalMs = minIntervalMs;
  }

  /** Failures in a row. */
  get failures(): number {
    return this.#failures;
  }

  waitMs(nowMs: number): number {
    const last = this.#sentMs.at(-1) ?? -Infinity;
    const full = this.#sentMs.length < this.#perMinute ? -Infinity : (this.#sentMs[0] ?? 0) + MINUTE_MS;
    return Math.max(0, this.#notBeforeMs - nowMs, last + this.#minIntervalMs - nowMs, full - nowMs);
  }

  /** A message goes out: tries count, whatever becomes of them. */
  tries(nowMs: number): void {
    this.#sentMs = [...this.#sentMs, nowMs].slice(-this.#perMinute);
  }

  succeeded(): void {
    this.#failures = 0;
    this.#notBeforeMs = -Infinity;
  }

  /** @param afterMs - what the other side asked for; it is obeyed, however long */
  failed(nowMs: number, afterMs: number | undefined, random: number): void {
    this.#failures += 1;
    const full = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** Math.min(this.#failures - 1, 10));
    this.#notBeforeMs = nowMs + (afterMs ?? full / 2 + (full / 2) * random);
  }
}
