import { type LogRecord } from '@metaexpert/logger-core';

/** A key of a record, its own or one of its fields, as text; undefined when there is none. */
export function fieldText(record: LogRecord, key: string): string | undefined {
  const own = Object.hasOwn(record, key) ? (record as unknown as Record<string, unknown>)[key] : undefined;
  const value = own ?? (Object.hasOwn(record.fields, key) ? record.fields[key] : undefined);
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
