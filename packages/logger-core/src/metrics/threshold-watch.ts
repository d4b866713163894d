export interface Crossing<M extends string> {
  readonly metric: M;
  readonly value: number;
  readonly threshold: number;
}

/** Tells which values have got to their thresholds since they were last below. */
export class ThresholdWatch<M extends string> {
  readonly #thresholds: readonly (readonly [M, number])[];
  readonly #above = new Set<M>();

  constructor(thresholds: Partial<Record<M, number>>) {
    this.#thresholds = Object.entries(thresholds) as [M, number][];
  }

  crossings(values: Partial<Record<M, number>>): Crossing<M>[] {
    const crossings: Crossing<M>[] = [];
    for (const [metric, threshold] of this.#thresholds) {
      const value = values[metric];
      if (value === undefined || value < threshold) this.#above.delete(metric);
      else if (!this.#above.has(metric)) {
        this.#above.add(metric);
        crossings.push({ metric, value, threshold });
      }
    }
    return crossings;
  }
}
