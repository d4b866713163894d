import { createSecretTest, type LogRecord, mask } from '@metaexpert/logger-core';
import { type AlertRule, valueAt } from './alert-rule';

const TRADE_FIELDS = ['symbol', 'side', 'orderType', 'quantity', 'price', 'orderId', 'strategyId', 'pnl'];
const MAX_CHARACTERS = 1500;

const isSecret = createSecretTest({});
/** `apiKey=…`, `"token": "…"`, `password: …`, in a text where no key was seen before. */
const ASSIGNMENT = /([\w.-]{2,40})(["']?\s*[:=]\s*["']?)([^\s"',;&}]+)/g;
const BEARER = /\b(Bearer|Basic|Bot)\s+[\w.~+/=-]{6,}/gi;

/** What is said of a record: the rule's template, or level, message and the trade fields that it has. */
export function describeRecord(rule: AlertRule, record: LogRecord): string {
  if (rule.template !== undefined) {
    return rule.template.replace(/\{([\w.]+)\}/g, (_, path: string) => show(path, valueAt(record, path)));
  }
  const fields = TRADE_FIELDS.flatMap((field) => {
    const value = valueAt(record, field);
    return value === undefined ? [] : [`${field} ${show(field, value)}`];
  });
  const error = record.error === undefined ? [] : [`${record.error.name}: ${record.error.message}`];
  return [`${record.level.toUpperCase()} ${record.message}`, ...error, fields.join(', ')].filter(Boolean).join('\n');
}

/** The last look before a text leaves the machine: secrets, also those that stand in the text, and its length. */
export function maskText(text: string, secrets: readonly string[] = []): string {
  let masked = text.replace(BEARER, '$1 ***');
  masked = masked.replace(ASSIGNMENT, (all, key: string, between: string, value: string) =>
    isSecret(key) ? `${key}${between}${mask(value)}` : all,
  );
  for (const secret of secrets) if (secret !== '') masked = masked.replaceAll(secret, '***');
  return masked.length > MAX_CHARACTERS ? `${masked.slice(0, MAX_CHARACTERS - 1)}…` : masked;
}

function show(path: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (isSecret(path.split('.').at(-1) ?? path)) return mask(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** By time zone: one takes longer to make than a thousand texts, and quiet hours ask for each problem each second. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** `12:03`, in a time zone. */
export function clockTime(atMs: number, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
    clocks.set(timeZone, clock);
  }
  return clock.format(atMs);
}
