import { type Amount, parseAmount, toNumber } from './amount';
import { type Candle } from './candle';
import { seededRandom } from './random';

const hourMs = 3_600_000;
const firstOpenTime = Date.UTC(2026, 0, 1);
const cent = parseAmount('0.01');

export interface SeriesOptions {
  readonly seed: number;
  /** @default 720 */
  readonly candles?: number;
}

/** Hourly candles of a made-up market that trends up, then down, then up again: something for an EMA cross to find. */
export function makeCandleSeries({ seed, candles = 720 }: SeriesOptions): Candle[] {
  const random = seededRandom(seed);
  const series: Candle[] = [];
  let price = 60_000;
  let rising = random() < 0.5;
  let trendEnds = 0;
  for (let index = 0; index < candles; index += 1) {
    if (index >= trendEnds) {
      rising = !rising;
      trendEnds = index + 15 + Math.floor(random() * 35);
    }
    const open = price;
    const drift = (rising ? 1 : -1) * (0.001 + 0.002 * random());
    const noise = 0.008 * (random() - 0.5);
    price = Math.max(100, open * (1 + drift + noise));
    const wick = () => 1 + 0.002 * random();
    series.push({
      openTime: firstOpenTime + index * hourMs,
      open: inCents(open),
      high: inCents(Math.max(open, price) * wick()),
      low: inCents(Math.min(open, price) / wick()),
      close: inCents(price),
      volume: inCents(50 + 450 * random()),
    });
  }
  return series;
}

function inCents(value: number): Amount {
  return BigInt(Math.round(value / toNumber(cent))) * cent;
}
