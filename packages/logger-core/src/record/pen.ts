import { ValueEncoder } from './encode-value';
import { FieldWriter } from './field-writer';
import { isError } from './is-error';
import { type KeyTable } from './key-table';
import { type LineWriter } from './line-writer';
import { type ReservedSlots } from './reserved-slots';
import { StringWriter } from './string-writer';

/** What one record is written with; a record made while another is being written has its own. */
export interface Pen {
  readonly line: LineWriter;
  readonly encoder: ValueEncoder;
  readonly strings: StringWriter;
  readonly fields: FieldWriter;
}

/** A pen for lines of one writer. */
export function createPen(line: LineWriter, keys: KeyTable): Pen {
  const encoder = new ValueEncoder(keys);
  const strings = new StringWriter(line, encoder);
  return { line, encoder, strings, fields: new FieldWriter(line, encoder, strings) };
}

/** `,"error":…,"traceId":…`: the members behind a record's own fields. */
export function encodeSlots(slots: ReservedSlots | undefined, error: unknown, encoder: ValueEncoder): string {
  const thrown = error ?? slots?.error;
  let text = '';
  if (thrown !== undefined) text += ',"error":' + (encoder.value(asError(thrown)) ?? '{}');
  if (slots?.traceId !== undefined) text += ',"traceId":' + encoder.string(slots.traceId);
  if (slots?.spanId !== undefined) text += ',"spanId":' + encoder.string(slots.spanId);
  return encoder.truncated ? text + ',"truncated":true' : text;
}

/** Whatever was thrown, in the shape of an error. */
function asError(thrown: unknown): unknown {
  return isError(thrown) || (typeof thrown === 'object' && thrown !== null)
    ? thrown
    : { name: typeof thrown, message: String(thrown) };
}
