import { type LogRecord } from '@metaexpert/logger-core';

/** Keys that a record itself owns beside its message and level, and that a choice of fields may leave out. */
export const OPTIONAL_KEYS = [
  'simulatedTime', 'logger', 'category', 'error', 'traceId', 'spanId', 'source', 'truncated', 'pid', 'thread', 'host', 'seq', 'id',
] as const satisfies readonly (keyof LogRecord)[]; // prettier-ignore

export type OptionalKey = (typeof OPTIONAL_KEYS)[number];

/** All of them: a user's field of such a name is written as `fields.<name>` where the two would meet (DESIGN section 5). */
export const OWN_KEYS: readonly string[] = ['timestamp', 'level', 'message', ...OPTIONAL_KEYS];

/** What follows the fields in the flat formats, in this order; absent ones are left out. */
export const TRAILING_KEYS = [
  'simulatedTime', 'traceId', 'spanId', 'source', 'truncated', 'pid', 'thread', 'host', 'seq', 'id',
] as const satisfies readonly OptionalKey[]; // prettier-ignore

/** The value of an own key that has one; a record of winston's has an empty `id`, and a choice leaves empty names. */
export function ownValue(
  record: LogRecord,
  key: (typeof TRAILING_KEYS)[number] | 'logger' | 'category',
): string | number | true | undefined {
  const value = record[key];
  return value === '' ? undefined : value;
}
