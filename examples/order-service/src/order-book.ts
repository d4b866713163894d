import { type Logger } from '@metaexpert/logger-core';
import { setTimeout } from 'node:timers/promises';

export interface Order {
  readonly id: string;
  readonly symbol: string;
  readonly quantity: string;
}

/** Says why an order was not taken. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code = 'ORDER_REFUSED';
}

/** Logs without being told of the request: what is logged within it carries its context. */
export class OrderBook {
  readonly #log: Logger;
  readonly #orders = new Map<string, Order>();

  constructor(log: Logger) {
    this.#log = log.child({ component: 'order-book' });
  }

  /** @throws RefusedError for a quantity that is no positive decimal number */
  async place(symbol: string, quantity: string): Promise<Order> {
    // An exchange takes its time, and other requests come in between.
    await this.#log.time('exchange_round_trip', () => setTimeout(2), { thresholdMs: 250 });
    if (!/^\d+(\.\d+)?$/.test(quantity) || Number(quantity) === 0)
      throw new RefusedError(`quantity '${quantity}' is no positive decimal number`);
    const order = { id: `A${this.#orders.size + 1}`, symbol, quantity };
    this.#orders.set(order.id, order);
    this.#log.trade('order placed', { orderId: order.id, symbol, quantity });
    return order;
  }

  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }
}
