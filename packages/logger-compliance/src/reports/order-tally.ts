/** One thing that happened to an order. */
export interface OrderStep {
  /** ISO 8601: `occurredAt` of the event, else when it was logged. */
  readonly time: string;
  /** The event without `order.`: `submitted`. */
  readonly step: string;
  readonly eventId?: string;
  readonly price?: string;
  readonly quantity?: string;
  /** The event that this one corrects. */
  readonly corrects?: string;
}

type OrderStatus = 'open' | 'filled' | 'cancelled' | 'rejected' | 'expired';

/** An order with all that happened to it, in order, and how long it took in milliseconds. */
export interface OrderReport {
  readonly orderId: string;
  readonly symbol?: string;
  readonly side?: string;
  readonly status: OrderStatus;
  readonly steps: readonly OrderStep[];
  readonly submitToAcknowledgeMs?: number;
  readonly submitToFirstFillMs?: number;
  readonly submitToEndMs?: number;
}

type LatencyKey = 'submitToAcknowledgeMs' | 'submitToFirstFillMs' | 'submitToEndMs';

/** Of all orders, listed or not. */
export interface LatencySummary {
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

export interface OrdersReport {
  readonly total: number;
  readonly byStatus: Readonly<Record<OrderStatus, number>>;
  readonly latencies: Readonly<Partial<Record<LatencyKey, LatencySummary>>>;
  /** The first of them. */
  readonly orders: readonly OrderReport[];
}

interface Order {
  readonly orderId: string;
  symbol?: string;
  side?: string;
  status: OrderStatus;
  /** Undefined for one that is counted only. */
  readonly steps: OrderStep[] | undefined;
  /** When each of these came first. */
  submitted?: number;
  acknowledged?: number;
  filled?: number;
  ended?: number;
}

const ENDS: readonly string[] = ['filled', 'cancelled', 'rejected', 'expired'] satisfies OrderStatus[];
/** Of one order that are listed; an order amended for ever must not fill the memory. */
const MAX_STEPS = 200;

/** Puts the events of orders together, order by order. */
export class OrderTally {
  readonly #maxOrders: number;
  readonly #orders = new Map<string, Order>();
  /** What came before an order had its id from the venue, by the id that the client gave it. */
  readonly #byClientId = new Map<string, string>();

  constructor(maxOrders: number) {
    this.#maxOrders = maxOrders;
  }

  add(step: string, record: Readonly<Record<string, unknown>>, timestamp: string): void {
    const orderId = this.#idOf(record);
    if (orderId === undefined) return;
    const order = this.#orders.get(orderId) ?? this.#begin(orderId);
    this.#orders.set(orderId, order);
    const { symbol, side, price, quantity, eventId, corrects, occurredAt } = record;
    if (typeof symbol === 'string') order.symbol ??= symbol;
    if (typeof side === 'string') order.side ??= side;
    const time = typeof occurredAt === 'string' && !Number.isNaN(Date.parse(occurredAt)) ? occurredAt : timestamp;
    // What a correction says did not happen once more.
    if (typeof corrects !== 'string') happened(order, step, Date.parse(time));
    if (order.steps === undefined || order.steps.length >= MAX_STEPS) return;
    order.steps.push({ time, step, ...textsOf({ eventId, price, quantity, corrects }) });
  }

  report(): OrdersReport {
    const byStatus = { open: 0, filled: 0, cancelled: 0, rejected: 0, expired: 0 };
    const found: Record<LatencyKey, number[]> = {
      submitToAcknowledgeMs: [],
      submitToFirstFillMs: [],
      submitToEndMs: [],
    };
    const orders: OrderReport[] = [];
    for (const order of this.#orders.values()) {
      const { orderId, symbol, side, status, steps } = order;
      byStatus[status] += 1;
      const latencies = latenciesOf(order);
      for (const [key, ms] of Object.entries(latencies)) found[key as LatencyKey].push(ms);
      if (steps === undefined) continue;
      const sorted = [...steps].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
      orders.push({ orderId, ...(symbol && { symbol }), ...(side && { side }), status, steps: sorted, ...latencies });
    }
    const latencies = Object.entries(found).flatMap(([key, all]) => (all.length === 0 ? [] : [[key, summarize(all)]]));
    return { total: this.#orders.size, byStatus, latencies: Object.fromEntries(latencies) as OrdersReport['latencies'], orders }; // prettier-ignore
  }

  #begin(orderId: string): Order {
    return { orderId, status: 'open', steps: this.#orders.size < this.#maxOrders ? [] : undefined };
  }

  #idOf({ orderId, clientOrderId }: Readonly<Record<string, unknown>>): string | undefined {
    const clientId = typeof clientOrderId === 'string' ? clientOrderId : undefined;
    if (typeof orderId !== 'string') return clientId && (this.#byClientId.get(clientId) ?? clientId);
    if (clientId === undefined || this.#byClientId.has(clientId)) return orderId;
    this.#byClientId.set(clientId, orderId);
    // Its intent came under the client's id alone.
    const intent = this.#orders.get(clientId);
    if (intent !== undefined && clientId !== orderId && !this.#orders.has(orderId)) {
      this.#orders.delete(clientId);
      this.#orders.set(orderId, { ...intent, orderId });
    }
    return orderId;
  }
}

function textsOf(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}

function happened(order: Order, step: string, ms: number): void {
  if (step === 'submitted') order.submitted ??= ms;
  if (step === 'acknowledged') order.acknowledged ??= ms;
  if (step === 'partially_filled' || step === 'filled') order.filled ??= ms;
  if (!ENDS.includes(step)) return;
  order.ended ??= ms;
  order.status = step as OrderStatus;
}

function latenciesOf({ submitted, acknowledged, filled, ended }: Order): Partial<Record<LatencyKey, number>> {
  if (submitted === undefined) return {};
  return {
    ...(acknowledged !== undefined && { submitToAcknowledgeMs: acknowledged - submitted }),
    ...(filled !== undefined && { submitToFirstFillMs: filled - submitted }),
    ...(ended !== undefined && { submitToEndMs: ended - submitted }),
  };
}

function summarize(values: number[]): LatencySummary {
  const sorted = Float64Array.from(values).sort();
  const rank = (part: number): number => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] as number;
  return { count: sorted.length, medianMs: rank(0.5), p95Ms: rank(0.95), maxMs: rank(1) };
}
