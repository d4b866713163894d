import { type Fields } from './log-record';
import { type KeyTable } from './key-table';
import { BOUND_BYTES, TIGHTER, WHOLE } from './limits';
import { LineWriter, ONE_LINE_BYTES } from './line-writer';
import { createPen } from './pen';
import { setField } from './read-record';
import { toUserKey } from './reserved-keys';
import { type ReservedSlots } from './reserved-slots';

/**
 * Fields that many records share, encoded once: what `child` binds. A snapshot: changing the caller's objects
 * later does not change it.
 */
export class FieldLayer {
  /** `,"key":value…` as it stands in the line, in UTF-8. */
  readonly text: Buffer;
  readonly keys: readonly string[];
  /** Bound values that have a place of their own in the record: a category, trace and span ids. */
  readonly slots: ReservedSlots | undefined;
  #values: Fields | undefined;

  constructor(fields: Fields, keys: KeyTable) {
    const { line, encoder, fields: writer } = createPen(new LineWriter(ONE_LINE_BYTES), keys);
    let slots: ReservedSlots | undefined;
    for (const limits of [WHOLE, ...TIGHTER]) {
      encoder.begin(limits, BOUND_BYTES);
      line.cut(0);
      slots = writer.write(fields);
      if (!encoder.truncated) break;
    }
    this.slots = encoder.cutBytes > 0 ? { ...slots, cutBytes: encoder.cutBytes } : slots;
    this.text = Buffer.from(line.end().toString());
    this.keys = Object.keys(fields);
  }

  /** The fields as plain values, for when a record overrides one of them. */
  get values(): Fields {
    this.#values ??= readFields(`{${this.text.toString().slice(1)}}`);
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
