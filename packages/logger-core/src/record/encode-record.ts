import { MESSAGE } from 'triple-beam';
import { LEVEL_RANKS } from '../level';
import { ValueEncoder } from './encode-value';
import { KeyTable } from './key-table';
import { type LogRecord } from './log-record';
import { RESERVED_KEYS } from './reserved-keys';
import { Snapshot } from './snapshot';

const NO_SECRETS = new KeyTable(() => false);

/**
 * The JSON line of a record object (DESIGN section 5): for records that a processor made, and for anybody who
 * has a record and wants its line.
 *
 * @param keys - masks secret keys again, because a processor may have added some
 */
export function encodeRecord(record: LogRecord, keys: KeyTable = NO_SECRETS): string {
  const encoder = new ValueEncoder(keys);
  encoder.begin();
  let text = '';
  for (const key of RESERVED_KEYS) {
    const value = encoder.value(record[key]);
    if (value !== undefined) text += `,"${key}":${value}`;
    if (key === 'category') text += encoder.topMembers(record.fields, false);
  }
  return `{${text.slice(1)}}`;
}

/** A snapshot of a record that a processor returned. */
export function snapshotRecord(record: LogRecord, keys: KeyTable): Snapshot {
  const json = encodeRecord(record, keys);
  const { time, category, logger, level, [MESSAGE]: text } = record;
  return new Snapshot(json, Buffer.byteLength(json), { time, rank: LEVEL_RANKS[level], category, logger, text });
}
