import { Ema } from './ema';
import { type Side } from './order';

export interface Signal {
  readonly side: Side;
  readonly fast: number;
  readonly slow: number;
}

export interface EmaCrossOptions {
  readonly fastPeriod: number;
  readonly slowPeriod: number;
}

/** Buys when the fast average rises through the slow one, sells when it falls through. */
export class EmaCross {
  readonly #fast: Ema;
  readonly #slow: Ema;
  #above: boolean | undefined;

  constructor({ fastPeriod, slowPeriod }: EmaCrossOptions) {
    if (fastPeriod >= slowPeriod) throw new RangeError(`the fast EMA (${fastPeriod}) must span less than the slow one`);
    this.#fast = new Ema(fastPeriod);
    this.#slow = new Ema(slowPeriod);
  }

  /** Called once per closed candle, in order of time. */
  onClose(close: number): Signal | undefined {
    const fast = this.#fast.add(close);
    const slow = this.#slow.add(close);
    if (fast === undefined || slow === undefined || fast === slow) return undefined;
    const above = fast > slow;
    const crossed = this.#above !== undefined && above !== this.#above;
    this.#above = above;
    return crossed ? { side: above ? 'BUY' : 'SELL', fast, slow } : undefined;
  }
}
