import { type Amount } from './amount';
import { type SimulatedExchange } from './exchange';
import { OrderRejectedError, OrderTimeoutError } from './exchange-error';
import { type Journal } from './journal';
import { type Execution, type Order, type Side } from './order';
import { type Portfolio } from './portfolio';
import { type Credentials, signRequest } from './signed-request';

export interface OrderDeskOptions {
  readonly symbol: string;
  readonly exchange: SimulatedExchange;
  readonly portfolio: Portfolio;
  readonly journal: Journal;
  readonly credentials: Credentials;
}

/** Takes an order to the exchange and its fills to the portfolio, and says what came of it. */
export class OrderDesk {
  readonly #symbol: string;
  readonly #exchange: SimulatedExchange;
  readonly #portfolio: Portfolio;
  readonly #journal: Journal;
  readonly #credentials: Credentials;
  #orders = 0;

  constructor({ symbol, exchange, portfolio, journal, credentials }: OrderDeskOptions) {
    this.#symbol = symbol;
    this.#exchange = exchange;
    this.#portfolio = portfolio;
    this.#journal = journal;
    this.#credentials = credentials;
  }

  async trade(side: Side, quantity: Amount, marketPrice: Amount): Promise<void> {
    this.#orders += 1;
    const order: Order = { orderId: `A${this.#orders}`, symbol: this.#symbol, side, quantity };
    this.#journal.orderSent(order);
    const execution = await this.#execute(order, marketPrice);
    if (execution === undefined) return;

    let open = quantity;
    for (const fill of execution.fills) {
      this.#portfolio.apply(side, fill);
      open -= fill.quantity;
      this.#journal.filled(order, fill, open);
    }
    if (execution.status === 'PARTIALLY_FILLED') this.#journal.expired(order, open);
    this.#journal.positionChanged(this.#change(side), this.#portfolio);
  }

  #change(side: Side): string {
    if (side === 'BUY') return 'position opened';
    return this.#portfolio.position === 0n ? 'position closed' : 'position reduced';
  }

  /** Undefined when nothing was filled. An order that timed out is sent once more. */
  async #execute(order: Order, marketPrice: Amount): Promise<Execution | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      this.#journal.requestSent(signRequest(order, this.#credentials));
      try {
        return await this.#exchange.submit(order, marketPrice);
      } catch (error) {
        if (error instanceof OrderTimeoutError && attempt === 1) {
          this.#journal.retried(order, error);
        } else if (error instanceof OrderTimeoutError || error instanceof OrderRejectedError) {
          this.#journal.orderFailed(order, error);
          return undefined;
        } else {
          throw error;
        }
      }
    }
  }
}
