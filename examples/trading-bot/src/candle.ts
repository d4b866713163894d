import { type Amount } from './amount';

export interface Candle {
  /** Milliseconds since 1970, UTC. */
  readonly openTime: number;
  readonly open: Amount;
  readonly high: Amount;
  readonly low: Amount;
  readonly close: Amount;
  readonly volume: Amount;
}
