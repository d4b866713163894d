import { type Category, LEVEL_RANKS, type Level, type LogRecord } from '@metaexpert/logger-core';

/** Which records a rule is about; all that is given must hold. */
export interface AlertCondition {
  /** This level or worse. */
  minLevel?: Level;
  category?: Category | Category[];
  /** Name of the logger, or the beginning of it up to a dot. */
  logger?: string;
  /** Fields and their values; `message` and `error.code` and the like may be named too. */
  match?: Record<string, unknown>;
}

/** What makes somebody be told, and who. Without `rate`, `threshold` or `silence` every record that `when` holds for. */
export interface AlertRule {
  /** Unique among the rules. */
  name: string;
  when?: AlertCondition;
  /** So many records within the window. */
  rate?: { count: number; windowMs: number };
  /** A number in a field that is over or under a bound. */
  threshold?: { field: string; above?: number; below?: number };
  /** No such record for so long. */
  silence?: { forMs: number };
  /** Fields that tell one problem from another. @default level, logger and message */
  key?: string[];
  /** Names of channels. */
  to: string[];
  /** Channels that are told when it still goes on after so long, or when none of `to` can be reached. */
  escalate?: { afterMs: number; to: string[] };
  /** How often a problem that goes on is told again, with its number. @default 600000 */
  repeatMs?: number;
  /** After so long without such a record it counts as resolved. @default 600000 */
  resolveAfterMs?: number;
  /** With `{message}`, `{symbol}` and the like: a field's value, or nothing. @default level, message and the trade fields */
  template?: string;
}

export function holds(when: AlertCondition | undefined, record: LogRecord): boolean {
  if (when === undefined) return true;
  const { minLevel, category, logger, match = {} } = when;
  if (minLevel !== undefined && LEVEL_RANKS[record.level] > LEVEL_RANKS[minLevel]) return false;
  if (category !== undefined && ![category].flat().includes(record.category)) return false;
  if (logger !== undefined && record.logger !== logger && !record.logger.startsWith(`${logger}.`)) return false;
  return Object.entries(match).every(([path, wanted]) => valueAt(record, path) === wanted);
}

/** Whether the number is over or under the bound; undefined when there is no number. */
export function exceeds({ threshold }: AlertRule, record: LogRecord): boolean | undefined {
  if (threshold === undefined) return undefined;
  const value = valueAt(record, threshold.field);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  const { above = Infinity, below = -Infinity } = threshold;
  return number > above || number < below;
}

/** What tells the record's problem from others of the same rule. */
export function problemKey({ name, key, threshold, rate, silence }: AlertRule, record: LogRecord): string {
  // A bound, a rate or a silence is one problem, whatever the records say, unless fields are named.
  const whole = threshold !== undefined || rate !== undefined || silence !== undefined;
  const fields = key ?? (whole ? [] : ['level', 'logger', 'message']);
  return JSON.stringify([name, ...fields.map((field) => valueAt(record, field))]);
}

/** A user's field, or a part of the record, by a dotted path. */
export function valueAt(record: LogRecord, path: string): unknown {
  if (Object.hasOwn(record.fields, path)) return record.fields[path];
  let value: unknown = record;
  let own: unknown = record.fields;
  for (const part of path.split('.')) {
    value = childOf(value, part);
    own = childOf(own, part);
  }
  return own ?? value;
}

function childOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
