import { MESSAGE } from 'triple-beam';
import { LEVELS } from '../level';
import { type Fields, type LogRecord } from './log-record';
import { isReservedKey, toUserKey } from './reserved-keys';

/** What is known of a record beside its line. */
export interface RecordFacts {
  /** @default the line's `timestamp` */
  readonly time?: number;
  readonly rank: number;
  /** What a winston format made of it. */
  readonly text?: string | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A record as an object, from its own line; frozen, but for what lies deeper in its fields. */
export function readRecord(line: string, { time, rank, text }: RecordFacts): LogRecord {
  const parsed = JSON.parse(line) as LogRecord & Fields;
  const fields: Fields = {};
  const record = {
    time: time ?? Date.parse(parsed.timestamp),
    level: LEVELS[rank] ?? 'info',
    fields,
  } as Writable<LogRecord> & Fields;
  for (const key of Object.keys(parsed)) {
    if (!isReservedKey(key)) setField(fields, toUserKey(key), parsed[key]);
    else if (key !== 'level') record[key] = parsed[key];
  }
  if (text !== undefined) record[MESSAGE] = text;
  Object.freeze(fields);
  return Object.freeze(record);
}

/** A plain object, which V8 reads and copies several times as fast as one without a prototype; yet `__proto__` is a field like any other. */
export function setField(fields: Fields, key: string, value: unknown): void {
  if (key !== '__proto__') fields[key] = value;
  else Object.defineProperty(fields, key, { value, enumerable: true, writable: true, configurable: true });
}
