import { type Fields, withContext } from '@metaexpert/logger-core';

/** Fields for everything logged while something runs, as Python's `with LogContext(…)`. */
export class LogContext {
  readonly fields: Readonly<Fields>;

  constructor(fields: Fields) {
    this.fields = Object.freeze({ ...fields });
  }

  /** @returns what `work` returns */
  run<T>(work: () => T): T {
    return withContext(this.fields, work);
  }
}

/** What a trade's records have in common. */
export interface TradeFields extends Fields {
  symbol?: string;
  side?: 'BUY' | 'SELL';
  orderId?: string;
  clientOrderId?: string;
  strategyId?: string | number;
  exchange?: string;
}

/** A {@link LogContext} for one trade; its records are of the category `trade`. */
export class TradeContext extends LogContext {
  constructor(fields: TradeFields) {
    super({ category: 'trade', ...fields });
  }
}
