import { basename } from 'node:path';

import { type Amount, parseAmount } from './amount';
import { type Candle } from './candle';

/** What is traded, and in which steps. */
export interface Market {
  readonly symbol: string;
  /** The currency that prices are in; empty when the symbol does not tell. */
  readonly quote: string;
  /** Smallest step of a price. */
  readonly tick: Amount;
  /** Smallest step of a quantity. */
  readonly lot: Amount;
}

const quotes = ['USDT', 'USDC', 'USD', 'EUR', 'BTC', 'ETH'];
const lot = parseAmount('0.00001');

/** `btcusdt-1h.csv` is BTCUSDT; the tick is the largest step that all prices of the candles are multiples of. */
export function marketOf(file: string, candles: readonly Candle[]): Market {
  const name = /^[A-Za-z0-9]+/.exec(basename(file))?.[0] ?? 'unknown';
  const symbol = name.toUpperCase();
  const quote = quotes.find((currency) => symbol.endsWith(currency) && symbol !== currency) ?? '';
  const prices = candles.flatMap(({ open, high, low, close }) => [open, high, low, close]);
  return { symbol, quote, tick: prices.reduce(greatestCommonDivisor, 0n), lot };
}

function greatestCommonDivisor(a: Amount, b: Amount): Amount {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
