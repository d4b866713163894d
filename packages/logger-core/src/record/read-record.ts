import { MESSAGE } from 'triple-beam';
import { LEVELS } from '../level';
import { restoreReserved } from './field-layer';
import { type ErrorRecord, type Fields, type LogRecord } from './log-record';
import { isReservedKey } from './reserved-keys';

/** What of a record its line does not say, or says less exactly. */
export interface BesideLine {
  readonly rank: number;
  /** @default the line's `timestamp` */
  readonly time?: number;
  /** What a winston format made of the record. */
  readonly text?: string | undefined;
}

/** The record that a JSON line (DESIGN section 5) stands for. */
export function readRecord(line: string, { rank, time, text }: BesideLine): LogRecord {
  const parsed = JSON.parse(line) as Fields;
  const own: Fields = {};
  // Null prototype: a field called `__proto__` is a field like any other.
  const fields = Object.create(null) as Fields;
  for (const key of Object.keys(parsed)) (isReservedKey(key) ? own : fields)[key] = parsed[key];
  return Object.freeze({
    ...(own as unknown as Omit<LogRecord, 'time' | 'fields' | 'error'>),
    ...(own['error'] === undefined ? {} : { error: own['error'] as ErrorRecord }),
    level: LEVELS[rank] ?? 'info',
    time: time ?? Date.parse(String(own['timestamp'])),
    ...(text === undefined ? {} : { [MESSAGE]: text }),
    fields: Object.freeze(restoreReserved(fields)),
  });
}
