import { type Amount } from './amount';

export type Side = 'BUY' | 'SELL';

/** A market order: what cannot be filled at once expires. */
export interface Order {
  readonly orderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: Amount;
}

/** One of the trades that an order was filled with. */
export interface Fill {
  readonly tradeId: string;
  readonly price: Amount;
  readonly quantity: Amount;
  /** In the quote currency. */
  readonly fee: Amount;
}

export interface Execution {
  /** `PARTIALLY_FILLED`: the rest has expired. */
  readonly status: 'FILLED' | 'PARTIALLY_FILLED';
  readonly fills: readonly Fill[];
}
