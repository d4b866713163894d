import { type KeyInfo, type KeyTable } from './key-table';
import { type LineFacts } from './line-facts';
import { MAX_BREADTH } from './limits';
import { type LineWriter } from './line-writer';
import { MORE_KEYS, moreKeys } from './more-keys';
import { setField } from './read-record';
import { lift, type ReservedSlots } from './reserved-slots';
import { type RecordRoom } from './record-room';
import { type ValueWriter } from './value-writer';

/** V8 sees through this call inside of for-in, and not through `Object.hasOwn`. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- always called with call()
const { hasOwnProperty } = Object.prototype;

/** What fields are written with. */
interface FieldTools {
  readonly keys: KeyTable;
  readonly line: LineWriter;
  readonly room: RecordRoom;
  readonly values: ValueWriter;
}

/**
 * Writes a record's own fields into its line: reserved names are moved aside, and what has a place of its own in
 * the record goes to `slots`.
 */
export class FieldWriter {
  readonly #keys: KeyTable;
  readonly #line: LineWriter;
  readonly #room: RecordRoom;
  readonly #values: ValueWriter;
  /** The key that was written last: most records of a program look like others. */
  #last: KeyInfo | undefined;

  constructor({ keys, line, room, values }: FieldTools) {
    this.#keys = keys;
    this.#line = line;
    this.#room = room;
    this.#values = values;
  }

  /**
   * Members as `,"key":value,"key":value`.
   *
   * @param lifting - false for a record that exists already: what its places hold is settled
   * @param facts - gets what it wants to know of the fields: their values under their own names, and where they stand
   * @returns what was found for the record itself
   */
  write(
    fields: object,
    lifting = true,
    facts?: Partial<Pick<LineFacts, 'fields' | 'marks'>>,
  ): ReservedSlots | undefined {
    const line = this.#line;
    const room = this.#room;
    const values = this.#values;
    const into = facts?.fields;
    const marks = facts?.marks;
    let slots: ReservedSlots | undefined;
    let last = this.#last;
    let count = 0;
    for (const key in fields) {
      if (!hasOwnProperty.call(fields, key)) continue;
      if (++count > MAX_BREADTH || room.truncated) {
        const more = moreKeys(fields, count);
        const info = this.#keys.info(MORE_KEYS);
        marks?.add(info, line.length + info.top.length, line.length + more.length);
        line.text(more);
        if (into !== undefined) Object.assign(into, JSON.parse(`{${more.slice(1)}}`));
        break;
      }
      const info = this.#keys.behind(last, key);
      last = info;
      if (lifting && info.lifts && lifted(fields, key, (slots ??= {}))) continue;
      room.spend(key.length);
      let value: unknown;
      try {
        // Read here, by the loop's own variable: V8 then needs no look-up of the key.
        value = (fields as Record<string, unknown>)[key];
      } catch (thrown) {
        line.stamp(info.top);
        const written = line.length;
        values.thrown(thrown);
        if (into !== undefined) setField(into, info.name, this.#read(written));
        marks?.add(info, written, line.length);
        continue;
      }
      const before = line.length;
      line.stamp(info.top);
      const written = line.length;
      if (!values.writeOf(info.secret, value)) {
        line.cut(before);
        continue;
      }
      if (into !== undefined) setField(into, info.name, info.secret ? this.#read(written) : this.#kept(value, written));
      marks?.add(info, written, line.length);
    }
    this.#last = last;
    return slots;
  }

  /** A value as the line has it: most are what they were. */
  #kept(value: unknown, from: number): unknown {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    // JSON has no negative zero.
    return typeof value === 'number' && value - value === 0 ? value + 0 : this.#read(from);
  }

  #read(from: number): unknown {
    return JSON.parse(this.#line.textFrom(from));
  }
}

function lifted(fields: object, key: string, slots: ReservedSlots): boolean {
  try {
    return lift(key, (fields as Record<string, unknown>)[key], slots);
  } catch {
    // It throws again when read as an ordinary field, and gets its placeholder there.
    return false;
  }
}
