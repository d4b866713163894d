import { MESSAGE } from 'triple-beam';
import { LEVEL_RANKS } from '../level';
import { KeyTable } from './key-table';
import { type LineText } from './line-text';
import { ONE_LINE_BYTES, TIGHTER, WHOLE } from './limits';
import { LineWriter } from './line-writer';
import { type LogRecord } from './log-record';
import { createPen, type Pen } from './pen';
import { type RecordRoom } from './record-room';
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
  const pen = createPen(new LineWriter(ONE_LINE_BYTES), keys);
  for (const limits of [WHOLE, ...TIGHTER]) {
    pen.room.begin(limits);
    pen.line.cut(0);
    writeMembers(record, pen);
    if (!pen.room.truncated) break;
  }
  return pen.line.end();
}

function writeMembers(record: LogRecord, { line, room, values, fields }: Pen): void {
  for (const key of RESERVED_KEYS) {
    const before = line.length;
    line.text(`${before === 0 ? '{' : ','}"${key}":`);
    if (!values.write(key === 'truncated' ? cutBytes(record, room) : record[key])) line.cut(before);
    if (key === 'category') fields.write(record.fields, false);
  }
  line.text('}');
}

function cutBytes({ truncated = 0 }: LogRecord, room: RecordRoom): number | undefined {
  const bytes = truncated + room.cutBytes;
  return bytes > 0 ? bytes : undefined;
}
