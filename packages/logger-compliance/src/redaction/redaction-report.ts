/** How often each rule hid something, by its name. Values are never in it. */
export type RedactionReport = Readonly<Record<string, number>>;

/** Counts by rule; what is counted here is counted in the parent as well. */
export class RedactionCounts {
  readonly #counts = new Map<string, number>();
  readonly #parent: RedactionCounts | undefined;

  constructor(parent?: RedactionCounts) {
    this.#parent = parent;
  }

  add(rule: string): void {
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
    this.#parent?.add(rule);
  }

  report(): RedactionReport {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** Of the whole process. */
export const processCounts = new RedactionCounts();

/** What every redaction of this process has hidden since its start, by rule and count. */
export function redactionReport(): RedactionReport {
  return processCounts.report();
}
