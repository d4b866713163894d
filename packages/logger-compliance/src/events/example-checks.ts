import { type Check } from './check';
import { EventWindow } from './event-window';

/** A window in time. */
export interface WindowOptions {
  /** @default 60000 */
  windowMs?: number;
}

/**
 * A wash trade with oneself: a fill on each side of one symbol at one price within the window.
 *
 * @example compliance.check('self-match', selfMatch({ windowMs: 1000 }));
 */
export function selfMatch({ windowMs = 60_000 }: WindowOptions = {}): Check {
  const fills = new EventWindow<{ id: string; side: string; price: string; orderId: string; corrected: boolean }>(
    windowMs,
  );
  return ({ kind, id, time, fields, corrects }) => {
    if (kind !== 'order.filled' && kind !== 'order.partially_filled') return undefined;
    const { symbol, side, price, orderId } = fields;
    const others = fills.add(symbol, time, { id, side, price, orderId, corrected: false });
    for (const one of others) one.corrected ||= one.id === corrects;
    const match = others.find(
      (one) => one.side !== side && one.orderId !== orderId && !one.corrected && isEqual(one.price, price),
    );
    if (match === undefined) return undefined;
    return { reason: `${orderId} and ${match.orderId} bought and sold ${symbol} at ${price}`, actual: price };
  };
}

/**
 * More orders for each fill of a symbol than allowed, once there are enough to judge by (RTS 9).
 *
 * @example compliance.check('order-to-trade', orderToTradeRatio({ max: 100 }));
 */
export function orderToTradeRatio(options: WindowOptions & { max: number; minOrders?: number }): Check {
  const { windowMs = 60_000, max, minOrders = 20 } = options;
  const seen = new EventWindow<'order' | 'trade'>(windowMs);
  return ({ kind, time, fields, corrects }) => {
    if (corrects !== undefined) return undefined;
    const trade = kind === 'order.filled' || kind === 'order.partially_filled';
    if (!trade && kind !== 'order.submitted' && kind !== 'order.amended') return undefined;
    const all = seen.add(fields.symbol, time, trade ? 'trade' : 'order');
    const trades = all.filter((one) => one === 'trade').length;
    const orders = all.length - trades;
    if (orders < minOrders || orders <= max * Math.max(trades, 1)) return undefined;
    const actual = `${orders} to ${trades}`;
    return { reason: `${actual} orders to trades in ${fields.symbol}`, limit: String(max), actual };
  };
}

/**
 * More cancelled orders of a symbol within the window than allowed.
 *
 * @example compliance.check('cancel-storm', cancelStorm({ max: 50, windowMs: 10_000 }));
 */
export function cancelStorm({ windowMs = 60_000, max }: WindowOptions & { max: number }): Check {
  const cancels = new EventWindow<true>(windowMs);
  return ({ kind, time, fields, corrects }) => {
    if (kind !== 'order.cancelled' || corrects !== undefined) return undefined;
    const actual = cancels.add(fields.symbol, time, true).length;
    if (actual <= max) return undefined;
    return { reason: `${actual} orders in ${fields.symbol} cancelled`, limit: String(max), actual: String(actual) };
  };
}

/**
 * An order's price further from the market's than allowed.
 *
 * @example compliance.check('far', priceFarFromMarket({ maxDeviation: 0.05, marketPrice: (symbol) => book.mid(symbol) }));
 */
export function priceFarFromMarket(options: {
  /** As a part of the market price: 0.05 is five hundredths. */
  maxDeviation: number;
  /** Undefined while it is not known; then nothing is judged. */
  marketPrice: (symbol: string) => number | string | undefined;
}): Check {
  const { maxDeviation, marketPrice } = options;
  return ({ kind, fields }) => {
    if (kind !== 'order.submitted' && kind !== 'order.amended') return undefined;
    const { symbol, price } = fields;
    const market = Number(marketPrice(symbol));
    if (price === undefined || !(market > 0)) return undefined;
    const deviation = Math.abs(Number(price) - market) / market;
    if (deviation <= maxDeviation) return undefined;
    return {
      reason: `${price} is far from ${market} in ${symbol}`,
      limit: String(maxDeviation),
      actual: deviation.toFixed(4),
    };
  };
}

/** `1.10` and `1.1` are one price. */
function isEqual(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
