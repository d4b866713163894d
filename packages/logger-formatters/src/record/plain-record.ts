import { encodeRecord, type ErrorRecord, type Fields, isFresh, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';

/** Deeper than any record that comes from a logger. */
const MAX_DEPTH = 20;

const EMPTY: LogRecord = {
  timestamp: '',
  time: 0,
  level: 'info',
  logger: '',
  message: '',
  category: 'general',
  fields: {},
  id: '',
};

/**
 * The record with fields and error as plain JSON values. One that comes from a logger has them already and is returned
 * as it is (looking costs a tenth of formatting); one that somebody made by hand may hold dates, cycles, errors and
 * hostile getters: core's encoder makes of them what it makes of them in every log call.
 */
export function plainRecord(record: LogRecord): LogRecord {
  if (isFresh(record)) return record;
  try {
    if (isPlain(record.fields, 0) && (record.error === undefined || isPlain(record.error, 0))) return record;
  } catch {
    // A getter or a proxy threw: then it is not plain, and the encoder reads it under guard.
  }
  const { error: thrown, ...rest } = record;
  // One level down, where no name is reserved.
  const line = encodeRecord({ ...EMPTY, fields: { members: [record.fields, thrown] } });
  const [fields, error] = (JSON.parse(line) as { members: [unknown, unknown] }).members;
  return {
    ...rest,
    fields: isObject(fields) ? fields : { fields },
    ...(thrown !== undefined && { error: isError(error) ? error : { name: 'Error', message: jsonText(error) } }),
  };
}

function isError(value: unknown): value is ErrorRecord {
  return isObject(value) && 'message' in value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return value - value === 0;
    case 'object':
      return value === null || (depth < MAX_DEPTH && isPlainObject(value, depth + 1));
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i], depth)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key of Object.keys(value)) if (!isPlain((value as Fields)[key], depth)) return false;
  return true;
}
