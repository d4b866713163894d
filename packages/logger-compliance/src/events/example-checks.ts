import { type Check } from './check';
import { checkRuleOptions } from './check-rule-options';
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
 * @throws ConfigError for options that are none
 */
export function selfMatch(options: WindowOptions = {}): Check {
  checkRuleOptions('selfMatch', options, ['windowMs']);
  const { windowMs = 60_000 } = options;
  const fills = new EventWindow<{ id: string; side: string; price: string; orderId: string; corrected: boolean }>(
    windowMs,
  );
  return ({ kind, id, time, fields, corrects }) => {
    if (kind !== 'order.filled' && kind !== 'order.partially_filled') return undefined;
    const { symbol, side, price, orderId } = fields;
    const others = fills.values(symbol, time);
    fills.add(symbol, time, { id, side, price, orderId, corrected: false });
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
 * @throws ConfigError for options that are none
 */
export function orderToTradeRatio(options: WindowOptions & { max: number; minOrders?: number }): Check {
  checkRuleOptions('orderToTradeRatio', options, ['windowMs', 'max', 'minOrders'], ['max']);
  const { windowMs = 60_000, max, minOrders = 20 } = options;
  const windows = { order: new EventWindow<true>(windowMs), trade: new EventWindow<true>(windowMs) };
  return ({ kind, time, fields, corrects }) => {
    if (corrects !== undefined) return undefined;
    const trade = kind === 'order.filled' || kind === 'order.partially_filled';
    if (!trade && kind !== 'order.submitted' && kind !== 'order.amended') return undefined;
    windows[trade ? 'trade' : 'order'].add(fields.symbol, time, true);
    const orders = windows.order.count(fields.symbol, time);
    const trades = windows.trade.count(fields.symbol, time);
    if (orders < minOrders || orders <= max * Math.max(trades, 1)) return undefined;
    const actual = `${orders} to ${trades}`;
    return { reason: `${actual} orders to trades in ${fields.symbol}`, limit: String(max), actual };
  };
}

/**
 * More cancelled orders of a symbol within the window than allowed.
 *
 * @example compliance.check('cancel-storm', cancelStorm({ max: 50, windowMs: 10_000 }));
 * @throws ConfigError for options that are none
 */
export function cancelStorm(options: WindowOptions & { max: number }): Check {
  checkRuleOptions('cancelStorm', options, ['windowMs', 'max'], ['max']);
  const { windowMs = 60_000, max } = options;
  const cancels = new EventWindow<true>(windowMs);
  return ({ kind, time, fields, corrects }) => {
    if (kind !== 'order.cancelled' || corrects !== undefined) return undefined;
    cancels.add(fields.symbol, time, true);
    const actual = cancels.count(fields.symbol, time);
    if (actual <= max) return undefined;
    return { reason: `${actual} orders in ${fields.symbol} cancelled`, limit: String(max), actual: String(actual) };
  };
}

/**
 * An order's price further from the market's than allowed.
 *
 * @example compliance.check('far', priceFarFromMarket({ maxDeviation: 0.05, marketPrice: (symbol) => book.mid(symbol) }));
 * @throws ConfigError for options that are none
 */
export function priceFarFromMarket(options: {
  /** As a part of the market price: 0.05 is five hundredths. */
  maxDeviation: number;
  /** Undefined while it is not known; then nothing is judged. */
  marketPrice: (symbol: string) => number | string | undefined;
}): Check {
  checkRuleOptions('priceFarFromMarket', options, ['maxDeviation', 'marketPrice'], ['maxDeviation', 'marketPrice']);
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
