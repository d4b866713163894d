import { LEVEL_RANKS } from '../level';
import { CATEGORIES, type LogRecord } from '../record/log-record';

const TEXTS = ['timestamp', 'logger', 'message', 'id'] as const;

/**
 * What a processor returned, as the record that it has to be: plain JavaScript may return anything.
 *
 * @throws TypeError that says what is wrong, and shows nothing of it: it may hold what was to be hidden
 */
export function requireRecord(given: unknown): LogRecord {
  if (given instanceof Promise) {
    // Withheld and reported already; its rejection would end the process on top of that.
    given.catch(() => undefined);
    throw new TypeError('a promise was returned for it, and processors are synchronous');
  }
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`${kind(given)} was returned for it, not a record (undefined drops a record)`);
  const record = given as Readonly<Record<keyof LogRecord, unknown>>;
  if (typeof record.level !== 'string' || !Object.hasOwn(LEVEL_RANKS, record.level))
    throw new TypeError('it came back with a level that is none');
  if (!(CATEGORIES as readonly unknown[]).includes(record.category))
    throw new TypeError('it came back with a category that is none');
  if (typeof record.fields !== 'object' || record.fields === null) throw unfit('fields', record.fields);
  if (typeof record.time !== 'number') throw unfit('time', record.time);
  for (const key of TEXTS) if (typeof record[key] !== 'string') throw unfit(key, record[key]);
  return given as LogRecord;
}

function unfit(key: string, value: unknown): TypeError {
  return new TypeError(`it came back with ${kind(value)} as ${key}`);
}

function kind(value: unknown): string {
  return value === null || value === undefined ? String(value) : `a ${typeof value}`;
}
