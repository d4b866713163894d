import { type Fields } from './log-record';
import { type KeyTable } from './key-table';
import { LineWriter, ONE_LINE_BYTES } from './line-writer';
import { createPen } from './pen';
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
    const pen = createPen(new LineWriter(ONE_LINE_BYTES), keys);
    this.slots = pen.fields.write(fields);
    this.text = Buffer.from(pen.line.end().toString());
    this.keys = Object.keys(fields);
  }

  /** The fields as plain values, for when a record overrides one of them. */
  get values(): Fields {
    this.#values ??= restoreReserved(JSON.parse(`{${this.text.toString().slice(1)}}`) as Fields);
    return this.#values;
  }

  /** Whether a record's own fields name one of these. */
  overlaps(fields: object): boolean {
    const keys = this.keys;
    for (let i = 0; i < keys.length; i++) if (Object.hasOwn(fields, keys[i] as string)) return true;
    return false;
  }
}

/** Gives keys that were moved aside (`fields.level`) their own names back. */
export function restoreReserved(fields: Fields): Fields {
  const restored = Object.create(null) as Fields;
  for (const key of Object.keys(fields)) restored[toUserKey(key)] = fields[key];
  return { ...restored };
}
