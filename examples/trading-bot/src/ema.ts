/** Exponential moving average, begun with the plain average of the first `period` values. */
export class Ema {
  readonly #period: number;
  #count = 0;
  #value = 0;

  constructor(period: number) {
    if (!Number.isInteger(period) || period < 1) throw new RangeError(`an EMA over ${period} values`);
    this.#period = period;
  }

  /** The average with this value in it; undefined while there are too few. */
  add(value: number): number | undefined {
    this.#count += 1;
    const weight = this.#count <= this.#period ? 1 / this.#count : 2 / (this.#period + 1);
    this.#value += weight * (value - this.#value);
    return this.#count < this.#period ? undefined : this.#value;
  }
}
