import {
  type Category,
  type ErrorRecord,
  type Fields,
  type Level,
  type LogRecord,
  parseLevel,
  toError,
} from '@metaexpert/logger-core';
import { hostname } from 'node:os';
import { jsonText } from '../escape/json-text';
import { plainRecord } from '../record/plain-record';
import { type Info } from './info';
import { takeError } from './take-error';

/** Where winston keeps the level when a format has coloured the other one (triple-beam). */
const LEVEL = Symbol.for('level');

/** Levels of winston's own sets (npm, syslog, cli) that are called otherwise here. */
const WINSTON_LEVELS: Readonly<Record<string, Level>> = {
  ...{
    emerg: 'critical',
    alert: 'critical',
    crit: 'critical',
    notice: 'info',
    help: 'info',
    data: 'info',
    http: 'info',
  },
  ...{ prompt: 'debug', verbose: 'debug', silly: 'debug', input: 'debug', trace: 'debug' },
};
const CATEGORIES: ReadonlySet<unknown> = new Set<Category>(['general', 'trade', 'error', 'performance', 'audit']);
const HOST = hostname();

let cachedMs = Number.NaN;
let cachedText = '';

/**
 * An info object as a record, whatever it holds: the time is that of a `timestamp` in it, else now; what winston made of an
 * error is `error`; what has no place in a record is a field. The record has no `seq` and an empty `id`, for winston has none.
 */
export function toRecord(info: Info, defaultLogger: string): LogRecord {
  const name = info[LEVEL] ?? info['level'];
  const known = levelOf(name);
  const level = known ?? 'info';
  const fields = ownFields(info);
  if (known === undefined && name !== undefined) fields['level'] = name;
  const error = takeError(info, fields);
  const logger = takeText(fields, 'logger') ?? takeText(fields, 'label');
  const time = timeOf(fields);
  const traceId = takeText(fields, 'traceId');
  const spanId = takeText(fields, 'spanId');
  const category = takeCategory(fields);
  return plainRecord({
    timestamp: timeText(time),
    time,
    level,
    logger: logger ?? defaultLogger,
    message: messageText(info['message']),
    category:
      category ?? (level === 'trade' ? 'trade' : level === 'critical' || level === 'error' ? 'error' : 'general'),
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
    fields,
    ...(error !== undefined && { error: error as ErrorRecord }),
    pid: process.pid,
    host: HOST,
    id: '',
  });
}

/** A copy without level and message. A getter that throws costs its own value only. */
function ownFields(info: Info): Fields {
  const fields: Fields = {};
  for (const key of Object.keys(info)) {
    if (key === 'level' || key === 'message') continue;
    const value = readGuarded(info, key);
    if (key === '__proto__') Object.defineProperty(fields, key, { value, enumerable: true, configurable: true });
    else fields[key] = value;
  }
  return fields;
}

function readGuarded(info: Info, key: string): unknown {
  try {
    return info[key];
  } catch (thrown) {
    return `[Throws: ${toError(thrown).message}]`;
  }
}

function levelOf(name: unknown): Level | undefined {
  if (typeof name !== 'string') return undefined;
  return parseLevel(name) ?? (Object.hasOwn(WINSTON_LEVELS, name) ? WINSTON_LEVELS[name] : undefined);
}

/** The text of a field, which is then none any more. */
function takeText(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  if (typeof value !== 'string' || value === '') return undefined;
  Reflect.deleteProperty(fields, key);
  return value;
}

function takeCategory(fields: Fields): Category | undefined {
  const value = fields['category'];
  if (!CATEGORIES.has(value)) return undefined;
  Reflect.deleteProperty(fields, 'category');
  return value as Category;
}

/** What `format.timestamp()` has put there, if it can be read as a time; else it stays a field. */
function timeOf(fields: Fields): number {
  const given = fields['timestamp'];
  if (typeof given !== 'string' && typeof given !== 'number' && !(given instanceof Date)) return Date.now();
  const time = new Date(given).getTime();
  if (Number.isNaN(time)) return Date.now();
  Reflect.deleteProperty(fields, 'timestamp');
  return time;
}

function timeText(time: number): string {
  if (time !== cachedMs) cachedText = new Date(time).toISOString();
  cachedMs = time;
  return cachedText;
}

function messageText(message: unknown): string {
  if (typeof message === 'string') return message;
  if (message === undefined) return '';
  const { value } = plainRecord({ fields: { value: message } } as unknown as LogRecord).fields;
  return typeof value === 'string' ? value : jsonText(value);
}
