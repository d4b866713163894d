import { MESSAGE } from 'triple-beam';
import { LEVEL_RANKS } from '../level';
import { ValueEncoder } from './encode-value';
import { FieldWriter } from './field-writer';
import { KeyTable } from './key-table';
import { type LineText } from './line-text';
import { TIGHTER, WHOLE } from './limits';
import { LineWriter, ONE_LINE_BYTES } from './line-writer';
import { type LogRecord } from './log-record';
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
  const encoder = new ValueEncoder(keys);
  const line = new LineWriter(ONE_LINE_BYTES);
  for (const limits of [WHOLE, ...TIGHTER]) {
    encoder.begin(limits);
    line.cut(0);
    writeMembers(record, line, encoder);
    if (!encoder.truncated) break;
  }
  return line.end();
}

function writeMembers(record: LogRecord, line: LineWriter, encoder: ValueEncoder): void {
  for (const key of RESERVED_KEYS) {
    const value = key === 'truncated' ? cutBytes(record, encoder) : encoder.value(record[key]);
    if (value !== undefined) line.text(`${line.length === 0 ? '{' : ','}"${key}":${value}`);
    if (key === 'category') new FieldWriter(encoder).write(line, record.fields, false);
  }
  line.text('}');
}

function cutBytes({ truncated = 0 }: LogRecord, encoder: ValueEncoder): string | undefined {
  const bytes = truncated + encoder.cutBytes;
  return bytes > 0 ? String(bytes) : undefined;
}
