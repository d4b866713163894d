/** Whole numbers, both ends included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** A set of whole numbers, kept as ranges: as small as the numbers are dense. */
export class NumberRanges {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** False when the number is there already. */
  add(value: number): boolean {
    const { length } = this.#ends;
    // Nearly always the next number of the last range.
    const at = length > 0 && value > (this.#ends[length - 1] as number) ? length : this.#find(value);
    if (at < length && value >= (this.#starts[at] as number)) return false;
    const joinsLeft = at > 0 && this.#ends[at - 1] === value - 1;
    const joinsRight = at < length && this.#starts[at] === value + 1;
    if (joinsLeft && joinsRight) {
      this.#ends[at - 1] = this.#ends[at] as number;
      this.#starts.splice(at, 1);
      this.#ends.splice(at, 1);
    } else if (joinsLeft) this.#ends[at - 1] = value;
    else if (joinsRight) this.#starts[at] = value;
    else {
      this.#starts.splice(at, 0, value);
      this.#ends.splice(at, 0, value);
    }
    return true;
  }

  get first(): number | undefined {
    return this.#starts[0];
  }

  get last(): number | undefined {
    return this.#ends.at(-1);
  }

  /** What is not there of the numbers from `from` to `to`. */
  missing({ from, to }: NumberRange): NumberRange[] {
    const gaps: NumberRange[] = [];
    let next = from;
    for (const [index, start] of this.#starts.entries()) {
      if (start > to) break;
      if (start > next) gaps.push({ from: next, to: start - 1 });
      next = Math.max(next, (this.#ends[index] as number) + 1);
    }
    if (next <= to) gaps.push({ from: next, to });
    return gaps;
  }

  /** The first range that ends at `value` or after it. */
  #find(value: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
