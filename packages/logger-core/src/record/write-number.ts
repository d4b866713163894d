import { MINUS, POINT } from './ascii';
import { type LineWriter } from './line-writer';

const LIMIT = 1e9;
/** So many digits behind the point are tried: prices and quantities rarely have more. */
const SCALES = [10, 100, 1_000, 10_000, 100_000];

/**
 * JSON text of a number, the same that `String(number)` gives; NaN and infinities as strings. V8's own conversion
 * of a fraction takes 0.1 µs. A decimal of at most nine digits that reads as this very number is the shortest
 * one that does (IEEE 754 doubles keep 15 digits), so it may be written digit by digit.
 */
export function writeNumber(line: LineWriter, value: number): void {
  const size = value < 0 ? -value : value;
  if (size < LIMIT) {
    const whole = Math.floor(size);
    if (whole === size) {
      if (value < 0) line.byte(MINUS);
      line.digits(whole);
      return;
    }
    // Below that, String() turns to exponents.
    if (size >= 1e-5 && writeDecimal(line, value, size)) return;
  }
  line.text(value - value === 0 ? '' + value : `"${value}"`);
}

function writeDecimal(line: LineWriter, value: number, size: number): boolean {
  for (let decimals = 1; decimals <= SCALES.length; decimals++) {
    const scale = SCALES[decimals - 1] as number;
    const scaled = Math.round(size * scale);
    if (scaled >= LIMIT) return false;
    if (scaled / scale !== size) continue;
    const whole = Math.floor(scaled / scale);
    if (value < 0) line.byte(MINUS);
    line.digits(whole);
    line.byte(POINT);
    line.digits(scaled - whole * scale, decimals);
    return true;
  }
  return false;
}
