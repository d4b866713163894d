import {
  amount, count, currency, decimal, details, dti, type Field, flag, mic, object, oneOf, text, time, type ValueOf,
} from './field'; // prettier-ignore
import { regulatoryFields } from './regulatory-fields';

type FieldMap = Readonly<Record<string, Field<unknown>>>;

/** Optional in every event. */
const common = {
  /** Who or what did it: a person, a process, an algorithm. */
  actor: text,
  reason: text,
  /** When it happened, if that is not when it is logged. */
  occurredAt: time,
  details,
};

/** Optional in every event about an order. */
const order = {
  ...common,
  clientOrderId: text,
  strategyId: text,
  account: text,
  venue: text,
  venueMic: mic,
  tokenDti: dti,
  rts24: regulatoryFields,
};

const side = oneOf('BUY', 'SELL');
const placed = { orderId: text, symbol: text, side, quantity: amount };
const priced = { price: decimal, stopPrice: decimal, orderType: text, timeInForce: text };
const fill = { orderId: text, symbol: text, side, price: decimal, quantity: amount };
const filled = {
  ...order,
  tradeId: text,
  cumulativeQuantity: amount,
  remainingQuantity: amount,
  averagePrice: decimal,
  fee: decimal,
  feeCurrency: currency,
  liquidity: oneOf('MAKER', 'TAKER'),
};
const ended = { orderId: text, symbol: text };

function kind<R extends FieldMap, O extends FieldMap>(version: number, required: R, optional: O) {
  return { version, fields: object(required, optional) };
}

/**
 * What can be said in the log of a trading process, each with the version of its schema: adding an optional field keeps
 * the version, anything else makes a new one.
 */
export const EVENT_KINDS = {
  'signal': kind(1, { symbol: text, side }, { ...order, price: decimal, strength: decimal }),
  'order.intent': kind(1, { symbol: text, side, quantity: amount }, { ...order, ...priced }),
  'order.submitted': kind(1, placed, { ...order, ...priced }),
  'order.acknowledged': kind(1, ended, { ...order, venueOrderId: text }),
  'order.partially_filled': kind(1, fill, filled),
  'order.filled': kind(1, fill, filled),
  'order.cancelled': kind(1, ended, { ...order, side, remainingQuantity: amount }),
  'order.rejected': kind(1, ended, { ...order, side, code: text }),
  'order.expired': kind(1, ended, { ...order, side, remainingQuantity: amount }),
  'order.amended': kind(1, ended, { ...order, ...priced, side, quantity: amount, previousPrice: decimal, previousQuantity: amount }),
  'position': kind(1, { symbol: text, quantity: decimal }, { ...order, entryPrice: decimal, markPrice: decimal, unrealizedPnl: decimal, realizedPnl: decimal }),
  'risk.violation': kind(1, { rule: text }, { ...order, symbol: text, orderId: text, side, limit: text, actual: text, ofEvent: text }),
  'limit.changed': kind(1, { limit: text, to: text }, { ...common, from: text, symbol: text, account: text }),
  'login': kind(1, { user: text, success: flag }, { ...common, origin: text, method: text }),
  'key.used': kind(1, { keyId: text, purpose: text }, { ...common, venue: text, origin: text }),
  'config.changed': kind(1, { setting: text }, { ...common, from: text, to: text, origin: text }),
  'logging.started': kind(1, {}, { ...common, destination: text, version: text }),
  'logging.stopped': kind(1, {}, { ...common, destination: text, records: count }),
  'logging.paused': kind(1, {}, { ...common, destination: text }),
  'hold.set': kind(1, { holdId: text, reason: text }, { ...common, files: text, from: text, to: text }),
  'hold.released': kind(1, { holdId: text, reason: text }, common),
  'retention.planned': kind(1, { runId: text, step: oneOf('archive', 'erase'), file: text, sha256: text, bytes: count }, common),
  'retention.started': kind(1, { runId: text, files: count }, common),
  'retention.done': kind(1, { runId: text, step: oneOf('archive', 'erase'), file: text, done: flag }, { ...common, to: text }),
  'retention.ended': kind(1, { runId: text, done: count }, common),
  'incident': kind(1, { title: text, severity: oneOf('low', 'medium', 'high', 'critical') }, { ...common, incidentId: text, status: oneOf('open', 'mitigated', 'closed') }),
} as const; // prettier-ignore

/** Name of an event. */
export type EventKind = keyof typeof EVENT_KINDS;

/** What an event of this kind says. */
export type EventFields<K extends EventKind> = ValueOf<(typeof EVENT_KINDS)[K]['fields']>;
