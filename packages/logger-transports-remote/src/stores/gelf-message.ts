import { type Entry, SEVERITIES } from '@metaexpert/logger-core';
import { hostname } from 'node:os';

const HOST = hostname();

/** The entry as GELF 1.1: its payload where the formatter made that already, else the record. */
export function gelfMessage({ payload, record }: Entry): string {
  if (payload.startsWith('{') && payload.includes('"version":"1.1"')) return payload;
  const { level, logger, category, id, seq, error, fields, host = HOST } = record;
  const additional: Record<string, unknown> = { logger, category, record_id: id, seq, ...fields };
  const message: Record<string, unknown> = {
    version: '1.1',
    host,
    // A receiver drops a message whose short_message is empty.
    short_message: record.message === '' ? '-' : record.message,
    ...(error?.stack !== undefined && { full_message: error.stack }),
    timestamp: record.time / 1000,
    level: SEVERITIES[level],
  };
  for (const [key, value] of Object.entries(additional)) {
    const name = `_${key.replace(/[^\w.-]/g, '_')}`;
    // GELF knows numbers and strings; `_id` is the receiver's own.
    if (value === undefined || value === null) continue;
    message[name === '_id' ? '_field_id' : name] = typeof value === 'number' ? value : asText(value);
  }
  return JSON.stringify(message);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
