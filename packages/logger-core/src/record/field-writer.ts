import { type ValueEncoder } from './encode-value';
import { type KeyInfo } from './key-table';
import { MAX_BREADTH } from './limits';
import { type LineWriter } from './line-writer';
import { mask } from './mask';
import { moreKeys } from './more-keys';
import { type Fields } from './log-record';
import { setField } from './read-record';
import { lift, type ReservedSlots } from './reserved-slots';
import { Stamp } from './stamp';
import { type StringWriter } from './string-writer';
import { writeNumber } from './write-number';

/** V8 sees through this call inside of for-in, and not through `Object.hasOwn`. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- always called with call()
const { hasOwnProperty } = Object.prototype;
const TRUE = new Stamp('true');
const FALSE = new Stamp('false');

/**
 * Writes a record's own fields into its line: reserved names are moved aside, and what has a place of its own in
 * the record goes to `slots`. Plain values are written as bytes; the rest is the encoder's.
 */
export class FieldWriter {
  readonly #line: LineWriter;
  readonly #encoder: ValueEncoder;
  readonly #strings: StringWriter;
  /** The keys of the record before, by position: most records of a program look like others. */
  readonly #expected: KeyInfo[] = [];

  constructor(line: LineWriter, encoder: ValueEncoder, strings: StringWriter) {
    this.#line = line;
    this.#encoder = encoder;
    this.#strings = strings;
  }

  /**
   * Members as `,"key":value,"key":value`.
   *
   * @param lifting - false for a record that exists already: what its places hold is settled
   * @param into - gets the fields as the line has them, under their own names
   * @returns what was found for the record itself
   */
  write(fields: object, lifting = true, into?: Fields): ReservedSlots | undefined {
    const line = this.#line;
    const encoder = this.#encoder;
    let slots: ReservedSlots | undefined;
    let count = 0;
    for (const key in fields) {
      if (!hasOwnProperty.call(fields, key)) continue;
      if (++count > MAX_BREADTH || encoder.truncated) {
        const more = moreKeys(fields, count);
        line.text(more);
        if (into !== undefined) Object.assign(into, JSON.parse(`{${more.slice(1)}}`));
        break;
      }
      const info = this.#info(key, count - 1);
      if (lifting && info.lifts && lifted(fields, key, (slots ??= {}))) continue;
      encoder.spend(key.length);
      let value: unknown;
      try {
        // Read here, by the loop's own variable: V8 then needs no look-up of the key.
        value = (fields as Record<string, unknown>)[key];
      } catch (thrown) {
        line.stamp(info.top);
        const placeholder = encoder.thrown(thrown);
        line.text(placeholder);
        if (into !== undefined) setField(into, info.name, JSON.parse(placeholder));
        continue;
      }
      const before = line.length;
      line.stamp(info.top);
      const written = line.length;
      if (!this.#value(value, info.secret)) line.cut(before);
      else if (into !== undefined)
        setField(into, info.name, info.secret ? this.#read(written) : this.#kept(value, written));
    }
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

  #info(key: string, position: number): KeyInfo {
    const expected = this.#expected[position];
    if (expected !== undefined && expected.key === key) return expected;
    return (this.#expected[position] = this.#encoder.keys.info(key));
  }

  /** False when JSON has no word for the value. */
  #value(value: unknown, secret: boolean): boolean {
    const line = this.#line;
    const encoder = this.#encoder;
    if (secret && value !== undefined && value !== null) line.text(encoder.string(mask(value)));
    else if (typeof value === 'string') this.#strings.write(value);
    else if (typeof value === 'number') writeNumber(line, value);
    else if (typeof value === 'boolean') line.stamp(value ? TRUE : FALSE);
    else {
      const text = encoder.value(value);
      if (text === undefined) return false;
      line.text(text);
    }
    return true;
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
