import { MESSAGE } from 'triple-beam';
import { LEVEL_RANKS } from '../level';
import { KeyTable } from './key-table';
import { type LineText } from './line-text';
import { LineWriter, ONE_LINE_BYTES } from './line-writer';
import { type LogRecord } from './log-record';
import { createPen } from './pen';
import { RESERVED_KEYS } from './reserved-keys';
import { Snapshot } from './snapshot';

const NO_SECRETS = new KeyTable(() => false);

/** The JSON line of a record object (DESIGN section 5), for anybody who has a record and wants its line. */
export function encodeRecord(record: LogRecord): string {
  return writeRecord(record, NO_SECRETS).toString();
}

/** A snapshot of a record that a processor returned; secret keys are masked again, it may have added some. */
export function snapshotRecord(record: LogRecord, keys: KeyTable): Snapshot {
  const { time, category, logger, level, [MESSAGE]: text } = record;
  return new Snapshot(writeRecord(record, keys), { time, rank: LEVEL_RANKS[level], category, logger, text });
}

function writeRecord(record: LogRecord, keys: KeyTable): LineText {
  const { line, encoder, fields } = createPen(new LineWriter(ONE_LINE_BYTES), keys);
  for (const key of RESERVED_KEYS) {
    const value = encoder.value(record[key]);
    if (value !== undefined) line.text(`${line.length === 0 ? '{' : ','}"${key}":${value}`);
    if (key === 'category') fields.write(record.fields, false);
  }
  line.text('}');
  return line.end();
}
