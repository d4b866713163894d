import { type NumberRange, NumberRanges } from './number-ranges';

/** What is wrong with the rows of one run, which is one logger in one process, from its start to its end. */
export interface RunGaps {
  /** What the ids of its records begin with. */
  readonly run: string;
  /** The lowest and the highest number that are there; absent when none is. */
  readonly first?: number;
  readonly last?: number;
  readonly rows: number;
  /** Numbers that are not there, and how many they are. */
  readonly gaps: readonly NumberRange[];
  readonly missing: number;
  /** Rows whose number was there already. */
  readonly duplicates: number;
  /** Rows that came after one with a higher number. */
  readonly outOfOrder: number;
}

/** Counts the rows of one run as they come. */
export class RunCounter {
  readonly run: string;
  readonly #seen = new NumberRanges();
  #rows = 0;
  #duplicates = 0;
  #outOfOrder = 0;

  constructor(run: string) {
    this.run = run;
  }

  add(seq: number): void {
    this.#rows += 1;
    const highest = this.#seen.last ?? 0;
    if (!this.#seen.add(seq)) this.#duplicates += 1;
    else if (seq < highest) this.#outOfOrder += 1;
  }

  report(accepted: number | undefined, partial: boolean): RunGaps {
    const { first, last } = this.#seen;
    const from = partial ? (first ?? 1) : 1;
    const gaps = this.#seen.missing({ from, to: Math.max(accepted ?? 0, last ?? 0) });
    return {
      run: this.run,
      ...(first !== undefined && { first }),
      ...(last !== undefined && { last }),
      rows: this.#rows,
      gaps,
      missing: gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0),
      duplicates: this.#duplicates,
      outOfOrder: this.#outOfOrder,
    };
  }
}
