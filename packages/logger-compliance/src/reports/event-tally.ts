import { type OrdersReport, OrderTally } from './order-tally';

export interface KindReport {
  readonly kind: string;
  readonly events: number;
  readonly corrections: number;
  /** Not as their schema says. */
  readonly invalid: number;
}

/** A rule that was broken; `schema` for an event that is not as its schema says. */
export interface ViolationReport {
  readonly time: string;
  readonly rule: string;
  readonly reason: string;
  readonly event?: string;
  readonly symbol?: string;
  readonly orderId?: string;
  readonly limit?: string;
  readonly actual?: string;
}

export interface ViolationsReport {
  readonly total: number;
  readonly byRule: Readonly<Record<string, number>>;
  /** The first of them. */
  readonly violations: readonly ViolationReport[];
}

/** Kinds and rules are names; a log in which they never end is not from us. */
const MAX_NAMES = 1000;

/** Counts the events of a log, and puts those of orders and broken rules together. */
export class EventTally {
  readonly #kinds = new Map<string, { events: number; corrections: number; invalid: number }>();
  readonly #byRule = new Map<string, number>();
  readonly #violations: ViolationReport[] = [];
  readonly #maxListed: number;
  readonly #orders: OrderTally;
  #total = 0;

  constructor({ maxOrders, maxListed }: { maxOrders: number; maxListed: number }) {
    this.#maxListed = maxListed;
    this.#orders = new OrderTally(maxOrders);
  }

  add(record: Readonly<Record<string, unknown>>, time: string): void {
    const { event, corrects, invalid } = record;
    if (typeof event !== 'string') return;
    const known = this.#kinds.get(event) ?? { events: 0, corrections: 0, invalid: 0 };
    if (this.#kinds.size < MAX_NAMES) this.#kinds.set(event, known);
    known.events += 1;
    if (typeof corrects === 'string') known.corrections += 1;
    if (Array.isArray(invalid)) {
      known.invalid += 1;
      this.#violation({ time, rule: 'schema', reason: invalid.join('; '), event });
    }
    if (event === 'risk.violation') this.#broken(record, time);
    else if (event.startsWith('order.') || event === 'signal')
      this.#orders.add(event.replace('order.', ''), record, time);
  }

  get kinds(): readonly KindReport[] {
    return [...this.#kinds].map(([kind, counts]) => ({ kind, ...counts })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  get orders(): OrdersReport {
    return this.#orders.report();
  }

  get violations(): ViolationsReport {
    return { total: this.#total, byRule: Object.fromEntries(this.#byRule), violations: this.#violations };
  }

  #broken(record: Readonly<Record<string, unknown>>, time: string): void {
    const text = (key: string): Record<string, string> => {
      const value = record[key];
      return typeof value === 'string' ? { [key]: value } : {};
    };
    const { rule = '', reason = '' } = { ...text('rule'), ...text('reason') };
    const about = { ...text('symbol'), ...text('orderId'), ...text('limit'), ...text('actual') };
    this.#violation({ time, rule, reason, ...about });
  }

  #violation(violation: ViolationReport): void {
    this.#total += 1;
    const { rule } = violation;
    if (this.#byRule.size < MAX_NAMES || this.#byRule.has(rule))
      this.#byRule.set(rule, (this.#byRule.get(rule) ?? 0) + 1);
    if (this.#violations.length < this.#maxListed) this.#violations.push(violation);
  }
}
