import { definePlugin, type Formatter } from '@metaexpert/logger-core';
import { FIELD_CHOICE_SCHEMA } from '../record/field-choice';
import { TIMESTAMP_SCHEMA } from '../time/timestamp';
import { createFlatJson, type FlatJsonOptions } from './flat-json';
import { TRADE_SLOTS } from './trade-slots';

/** Options of a trade formatter. */
export type TradeOptions = FlatJsonOptions;

/**
 * Makes a formatter of one flat JSON object a record: `time`, `event` (the field of that name, else the message), `symbol`,
 * `side`, `orderType`, `quantity`, `price`, `orderId`, `clientOrderId`, `tradeId`, `strategyId`, `exchange`, `fee`, `feeAsset`,
 * `position`, `realizedPnl`, `latencyMs`, each from the field of this name or of its snake_case; then all other fields.
 * Decimal strings stay as they came. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a zone that is none
 */
export function createTrade(options: TradeOptions = {}): Formatter {
  return createFlatJson(options, TRADE_SLOTS, ['event']);
}

/** The trade formatter with its defaults. */
export const trade: Formatter = createTrade();

/** What `format: 'trade'` in plain configuration means. */
export const tradePlugin = definePlugin({
  kind: 'formatter',
  type: 'trade',
  schema: { ...FIELD_CHOICE_SCHEMA, timestamp: TIMESTAMP_SCHEMA },
  create: (options: TradeOptions) => createTrade(options),
});
