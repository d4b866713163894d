import { MESSAGE } from 'triple-beam';
import { LEVEL_RANKS } from '../level';
import { ValueEncoder } from './encode-value';
import { FieldWriter } from './field-writer';
import { KeyTable } from './key-table';
import { LineText } from './line-text';
import { LineWriter } from './line-writer';
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
  const line = new LineWriter();
  for (const key of RESERVED_KEYS) {
    const value = encoder.value(record[key]);
    if (value !== undefined) line.text(`,"${key}":${value}`);
    if (key === 'category') new FieldWriter(encoder).write(line, record.fields, false);
  }
  return `{${line.end().toString().slice(1)}}`;
}

/** A snapshot of a record that a processor returned. */
export function snapshotRecord(record: LogRecord, keys: KeyTable): Snapshot {
  const json = encodeRecord(record, keys);
  const { time, category, logger, level, [MESSAGE]: text } = record;
  return new Snapshot(LineText.of(json), { time, rank: LEVEL_RANKS[level], category, logger, text });
}
