import { type Fields } from '@metaexpert/logger-core';

/** A named place in a flat record, and the names under which programs log what belongs there, the first of them its own. */
export type Slot = readonly [name: string, ...aliases: string[]];

/** What a trade's record says, in this order. */
export const TRADE_SLOTS: readonly Slot[] = [
  ['symbol'],
  ['side'],
  ['orderType', 'order_type'],
  ['quantity', 'qty'],
  ['price'],
  ['orderId', 'order_id'],
  ['clientOrderId', 'client_order_id'],
  ['tradeId', 'trade_id'],
  ['strategyId', 'strategy_id'],
  ['exchange'],
  ['fee'],
  ['feeAsset', 'fee_asset'],
  ['position'],
  ['realizedPnl', 'realized_pnl', 'realisedPnl', 'realised_pnl', 'pnl'],
  ['latencyMs', 'latency_ms'],
];

/** What a measurement's record says, in this order. */
export const PERFORMANCE_SLOTS: readonly Slot[] = [
  ['operation'],
  ['durationMs', 'duration_ms'],
  ['outcome'],
  ['thresholdMs', 'threshold_ms'],
  ['slow'],
];

/** Which name of the fields has the value of a slot: the first that is there and holds one value, not a structure. */
export function slotKey(fields: Readonly<Fields>, slot: Slot): string | undefined {
  for (const name of slot) {
    const value = fields[name];
    if (value !== undefined && (typeof value !== 'object' || value === null) && Object.hasOwn(fields, name))
      return name;
  }
  return undefined;
}
