import { type Fields, type LogRecord } from '@metaexpert/logger-core';
import { MESSAGE } from 'triple-beam';
import { isOwnMember, toUserKey } from './record-members';

/** The record that a redacted line is, with what a line does not say taken from the record before. */
export function readRecord(line: string, before: LogRecord, text: string | undefined): LogRecord {
  const parsed = JSON.parse(line) as Fields;
  const own: Fields = {};
  // Null prototype: a field called `__proto__` is a field like any other.
  const fields = Object.create(null) as Fields;
  for (const key of Object.keys(parsed)) {
    if (isOwnMember(key)) own[key] = parsed[key];
    else fields[toUserKey(key)] = parsed[key];
  }
  const record = { ...own, level: before.level, time: before.time, fields: Object.freeze({ ...fields }) };
  return Object.freeze({ ...record, ...(text === undefined ? {} : { [MESSAGE]: text }) } as unknown as LogRecord);
}
