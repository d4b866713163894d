import { moreKeys, type ValueEncoder } from './encode-value';
import { type KeyInfo } from './key-table';
import { MAX_BREADTH } from './limits';
import { type LineWriter } from './line-writer';
import { mask } from './mask';
import { lift, type ReservedSlots } from './reserved-slots';
import { writeNumber } from './write-number';

/** V8 sees through this call inside of for-in, and not through `Object.hasOwn`. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- always called with call()
const { hasOwnProperty } = Object.prototype;
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');

/**
 * Writes a record's own fields into its line: reserved names are moved aside, and what has a place of its own in
 * the record goes to `slots`. Plain values are written as bytes; the rest is the encoder's.
 */
export class FieldWriter {
  readonly #encoder: ValueEncoder;
  /** The keys of the record before, by position: most records of a program look like others. */
  readonly #expected: KeyInfo[] = [];

  constructor(encoder: ValueEncoder) {
    this.#encoder = encoder;
  }

  /**
   * Members as `,"key":value,"key":value`.
   *
   * @param lifting - false for a record that exists already: what its places hold is settled
   * @returns what was found for the record itself
   */
  write(line: LineWriter, fields: object, lifting = true): ReservedSlots | undefined {
    const encoder = this.#encoder;
    let slots: ReservedSlots | undefined;
    let count = 0;
    for (const key in fields) {
      if (!hasOwnProperty.call(fields, key)) continue;
      if (++count > MAX_BREADTH || encoder.truncated) {
        line.text(moreKeys(fields, count));
        break;
      }
      const info = this.#info(key, count - 1);
      encoder.spend(info.top.length);
      if (lifting && info.lifts && lifted(fields, key, (slots ??= {}))) continue;
      const before = line.length;
      line.bytes(info.top);
      if (!this.#value(line, fields, info)) line.cut(before);
    }
    return slots;
  }

  #info(key: string, position: number): KeyInfo {
    const expected = this.#expected[position];
    if (expected !== undefined && expected.key === key) return expected;
    return (this.#expected[position] = this.#encoder.keys.info(key));
  }

  /** False when JSON has no word for the value. */
  #value(line: LineWriter, fields: object, { key, secret }: KeyInfo): boolean {
    const encoder = this.#encoder;
    let value: unknown;
    try {
      value = (fields as Record<string, unknown>)[key];
    } catch (thrown) {
      line.text(encoder.thrown(thrown));
      return true;
    }
    if (secret && value !== undefined && value !== null) line.text(encoder.string(mask(value)));
    else if (typeof value === 'string') {
      if (encoder.fits(value.length) && line.plainString(value)) encoder.spend(value.length);
      else line.text(encoder.string(value));
    } else if (typeof value === 'number') writeNumber(line, value);
    else if (typeof value === 'boolean') line.bytes(value ? TRUE : FALSE);
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
