import { FieldWriter } from './field-writer';
import { isError } from './is-error';
import { type KeyTable } from './key-table';
import { type LineWriter } from './line-writer';
import { RecordRoom } from './record-room';
import { type ReservedSlots } from './reserved-slots';
import { StringWriter } from './string-writer';
import { ValueWriter } from './value-writer';

/** What one record is written with; a record made while another is being written has its own. */
export interface Pen {
  readonly line: LineWriter;
  readonly room: RecordRoom;
  readonly strings: StringWriter;
  readonly values: ValueWriter;
  readonly fields: FieldWriter;
}

/** A pen for lines of one writer. */
export function createPen(line: LineWriter, keys: KeyTable): Pen {
  const room = new RecordRoom();
  const strings = new StringWriter(line, room);
  const values = new ValueWriter({ keys, line, room, strings });
  return { line, room, strings, values, fields: new FieldWriter({ keys, line, room, values }) };
}

/** Writes `,"error":…,"traceId":…`: the members behind a record's own fields. */
export function writeSlots(slots: ReservedSlots | undefined, error: unknown, pen: Pen): void {
  const { line, room } = pen;
  // What was thrown may be null.
  const thrown = error === undefined ? slots?.error : error;
  // A second one is a field whose name is taken.
  if (slots?.error !== undefined && slots.error !== thrown) writeSlot(',"fields.error":', slots.error, pen);
  if (thrown !== undefined) writeSlot(',"error":', asError(thrown), pen);
  if (slots?.traceId !== undefined) writeSlot(',"traceId":', slots.traceId, pen);
  if (slots?.spanId !== undefined) writeSlot(',"spanId":', slots.spanId, pen);
  const cutBytes = room.cutBytes + (slots?.cutBytes ?? 0);
  if (cutBytes > 0) line.text(`,"truncated":${cutBytes}`);
}

function writeSlot(start: string, value: unknown, { line, values }: Pen): void {
  line.text(start);
  if (!values.write(value)) line.text('{}');
}

/** Whatever was thrown, in the shape of an error. */
function asError(thrown: unknown): unknown {
  return isError(thrown) || (typeof thrown === 'object' && thrown !== null)
    ? thrown
    : { name: thrown === null ? 'null' : typeof thrown, message: String(thrown) };
}
