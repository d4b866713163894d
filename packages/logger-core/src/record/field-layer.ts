import { type FieldMarks } from './field-marks';
import { type Fields } from './log-record';
import { BOUND_BYTES, TIGHTER, WHOLE } from './limits';
import { type LineText } from './line-text';
import { type LineWriter } from './line-writer';
import { type Pen } from './pen';
import { setField } from './read-record';
import { toUserKey } from './reserved-keys';
import { type ReservedSlots } from './reserved-slots';

/**
 * Fields that many records share, encoded once: what `child` binds. A snapshot: changing the caller's objects
 * later does not change it.
 */
export class FieldLayer {
  /** `,"key":value…` as it stands in the line. */
  readonly line: LineText;
  readonly keys: readonly string[];
  /** Bound values that have a place of their own in the record: a category, trace and span ids. */
  readonly slots: ReservedSlots | undefined;
  /** Where they stand in the text, if it was asked for. */
  readonly marks: FieldMarks | undefined;
  #values: Fields | undefined;

  /**
   * @param pen - that nobody else is writing with
   * @param marks - filled with where the fields stand
   */
  constructor(fields: Fields, pen: Pen, marks?: FieldMarks) {
    const { line, room, fields: writer } = pen;
    this.marks = marks;
    line.begin();
    let slots: ReservedSlots | undefined;
    for (const limits of [WHOLE, ...TIGHTER]) {
      room.begin(limits, BOUND_BYTES);
      line.cut(0);
      marks?.begin(0);
      slots = writer.write(fields, true, marks && { marks });
      if (!room.truncated) break;
    }
    this.slots = room.cutBytes > 0 ? { ...slots, cutBytes: room.cutBytes } : slots;
    this.line = line.end();
    this.keys = Object.keys(fields);
  }

  /** Puts them into another line. */
  writeTo(line: LineWriter): void {
    line.piece(this.line, 0, this.line.bytes);
  }

  /** The fields as plain values, for when a record overrides one of them. */
  get values(): Fields {
    this.#values ??= readFields(`{${this.line.slice(1, this.line.bytes)}}`);
    return this.#values;
  }

  /** Whether a record's own fields name one of these. */
  overlaps(fields: object): boolean {
    const keys = this.keys;
    for (let i = 0; i < keys.length; i++) if (Object.hasOwn(fields, keys[i] as string)) return true;
    return false;
  }
}

/** Fields as they were given: keys that were moved aside (`fields.level`) have their own names again. */
function readFields(json: string): Fields {
  const fields: Fields = {};
  for (const [key, value] of Object.entries(JSON.parse(json) as Fields)) setField(fields, toUserKey(key), value);
  return fields;
}
