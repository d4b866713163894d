/** How often each rule hid something, by its name. Values are never in it. */
export type RedactionReport = Readonly<Record<string, number>>;

/** Of one rule. */
class RuleCount {
  readonly #parent: RuleCount | undefined;
  count = 0;

  constructor(parent: RuleCount | undefined) {
    this.#parent = parent;
  }

  add(): void {
    this.count += 1;
    this.#parent?.add();
  }
}

/** Counts by rule; what is counted here is counted in the parent as well. */
export class RedactionCounts {
  readonly #counts = new Map<string, RuleCount>();
  readonly #parent: RedactionCounts | undefined;

  constructor(parent?: RedactionCounts) {
    this.#parent = parent;
  }

  add(rule: string): void {
    (this.#counts.get(rule) ?? this.countOf(rule)).add();
  }

  report(): RedactionReport {
    const counted = [...this.#counts].filter(([, { count }]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(counted.map(([rule, { count }]) => [rule, count]));
  }

  /** The count of a rule, from zero. */
  countOf(rule: string): RuleCount {
    const known = this.#counts.get(rule);
    if (known !== undefined) return known;
    const count = new RuleCount(this.#parent?.countOf(rule));
    this.#counts.set(rule, count);
    return count;
  }
}

/** Of the whole process. */
export const processCounts = new RedactionCounts();

/** What every redaction of this process has hidden since its start, by rule and count. */
export function redactionReport(): RedactionReport {
  return processCounts.report();
}
