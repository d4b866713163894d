import { type Level, type Logger } from '@metaexpert/logger-core';

import { type Amount, formatAmount } from './amount';
import { type Candle } from './candle';
import { type Signal } from './ema-cross';
import { type OrderRejectedError, OrderTimeoutError } from './exchange-error';
import { type Fill, type Order } from './order';
import { type Portfolio } from './portfolio';
import { type RecordLedger } from './record-ledger';

export interface JournalOptions {
  /** Bound to the symbol. */
  readonly log: Logger;
  /** The same for what goes to the trades file. */
  readonly trades: Logger;
  readonly ledger: RecordLedger;
}

/** Everything that the bot says while it trades, and at which level. */
export class Journal {
  readonly #log: Logger;
  readonly #trades: Logger;
  readonly #ledger: RecordLedger;

  constructor({ log, trades, ledger }: JournalOptions) {
    this.#log = log;
    this.#trades = trades;
    this.#ledger = ledger;
  }

  candleClosed({ open, high, low, close, volume }: Candle): void {
    this.#count('debug').debug('candle closed', decimals({ open, high, low, close, volume }));
  }

  signalled({ side, fast, slow }: Signal, close: Amount): void {
    const averages = { fast: rounded(fast), slow: rounded(slow) };
    this.#count('info').info('averages crossed', { side, close: formatAmount(close), ...averages });
  }

  orderSent({ orderId, side, quantity }: Order): void {
    this.#countTrade().trade('order sent', { orderId, side, quantity: formatAmount(quantity) });
  }

  filled({ orderId, side }: Order, { tradeId, ...amounts }: Fill, open: Amount): void {
    const message = open === 0n ? 'order filled' : 'order partly filled';
    this.#countTrade().trade(message, { orderId, tradeId, side, ...decimals({ ...amounts, open }) });
  }

  expired({ orderId }: Order, open: Amount): void {
    this.#count('warning').warning('rest of the order expired', { orderId, open: formatAmount(open) });
  }

  retried({ orderId }: Order, error: OrderTimeoutError): void {
    this.#count('warning').warning('order timed out, sending it again', { orderId, reason: error.message });
  }

  orderFailed({ orderId, side }: Order, error: OrderRejectedError | OrderTimeoutError): void {
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

  #countTrade(): Logger {
    this.#ledger.count('trade');
    return this.#trades;
  }
}

function decimals(amounts: Record<string, Amount>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, formatAmount(amount)]));
}

/** An indicator, not money: seven digits say all. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
