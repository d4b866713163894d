import { type Compliance } from '@metaexpert/logger-compliance';
import { type Level, type Logger } from '@metaexpert/logger-core';

import { type Amount, formatAmount } from './amount';
import { type Candle } from './candle';
import { type Signal } from './ema-cross';
import { type OrderRejectedError, OrderTimeoutError } from './exchange-error';
import { type Fill, type Order } from './order';
import { type Portfolio } from './portfolio';
import { type RecordLedger } from './record-ledger';
import { type SignedRequest } from './signed-request';

export interface JournalOptions {
  /** Bound to the symbol. */
  readonly log: Logger;
  /** For what becomes of orders: typed events, which go to the trades file and to the sealed one. */
  readonly compliance: Compliance;
  readonly ledger: RecordLedger;
}

/** Everything that the bot says while it trades, and at which level. */
export class Journal {
  readonly #log: Logger;
  readonly #compliance: Compliance;
  readonly #ledger: RecordLedger;

  constructor({ log, compliance, ledger }: JournalOptions) {
    this.#log = log;
    this.#compliance = compliance;
    this.#ledger = ledger;
  }

  candleClosed({ open, high, low, close, volume }: Candle): void {
    this.#count('debug').debug('candle closed', decimals({ open, high, low, close, volume }));
  }

  signalled({ side, fast, slow }: Signal, close: Amount): void {
    const averages = { fast: rounded(fast), slow: rounded(slow) };
    this.#count('info').info('averages crossed', { side, close: formatAmount(close), ...averages });
  }

  orderSent({ orderId, symbol, side, quantity }: Order): void {
    const placed = { orderId, symbol, side, quantity: formatAmount(quantity), orderType: 'MARKET' };
    this.#countEvent().event('order.submitted', placed);
  }

  /** As it is, secrets and all: hiding them is the logger's business. */
  requestSent({ url, headers }: SignedRequest): void {
    this.#count('debug').debug(`POST ${url}`, { headers });
  }

  filled({ orderId, symbol, side }: Order, { tradeId, price, quantity, fee }: Fill, open: Amount): void {
    const kind = open === 0n ? 'order.filled' : 'order.partially_filled';
    const amounts = { price: formatAmount(price), quantity: formatAmount(quantity), fee: formatAmount(fee) };
    const remainingQuantity = formatAmount(open);
    this.#countEvent().event(kind, { orderId, symbol, side, tradeId, ...amounts, remainingQuantity });
  }

  expired({ orderId, symbol, side }: Order, open: Amount): void {
    this.#countEvent().event('order.expired', { orderId, symbol, side, remainingQuantity: formatAmount(open) });
    this.#count('warning').warning('rest of the order expired', { orderId, open: formatAmount(open) });
  }

  retried({ orderId }: Order, error: OrderTimeoutError): void {
    this.#count('warning').warning('order timed out, sending it again', { orderId, reason: error.message });
  }

  orderFailed({ orderId, symbol, side }: Order, error: OrderRejectedError | OrderTimeoutError): void {
    this.#countEvent().event('order.rejected', { orderId, symbol, side, code: error.code, reason: error.message });
    const message = error instanceof OrderTimeoutError ? 'order given up' : 'order rejected';
    this.#count('error').error(message, error, { orderId, side });
  }

  positionChanged(message: string, { position, cash, realised }: Portfolio): void {
    this.#count('info').info(message, decimals({ position, cash, realised }));
  }

  #count(level: Exclude<Level, 'trade'>): Logger {
    this.#ledger.count(level);
    return this.#log;
  }

  #countEvent(): Compliance {
    this.#ledger.count('trade');
    return this.#compliance;
  }
}

function decimals(amounts: Record<string, Amount>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, formatAmount(amount)]));
}

/** An indicator, not money: seven digits say all. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
