import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET } from './ascii';
import { encodeBigInt } from './encode-bigint';
import { isPlainObject, unwrapExotic } from './exotic-value';
import { isError } from './is-error';
import { type KeyInfo, type KeyTable } from './key-table';
import { MAX_DEPTH } from './limits';
import { type LineWriter } from './line-writer';
import { mask } from './mask';
import { moreKeys } from './more-keys';
import { type RecordRoom } from './record-room';
import { Stamp } from './stamp';
import { type StringWriter } from './string-writer';
import { thrownText } from './thrown-text';
import { writeError } from './write-error';
import { writeNumber } from './write-number';

/** V8 sees through this call inside of for-in, and not through `Object.hasOwn`. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- always called with call()
const { hasOwnProperty } = Object.prototype;
const TRUE = new Stamp('true');
const FALSE = new Stamp('false');
const NULL = new Stamp('null');
/** What the words and brackets of JSON take: `false`, `null,`. */
const WORD_BYTES = 5;

/** What values are written with. */
export interface ValueTools {
  readonly keys: KeyTable;
  readonly line: LineWriter;
  readonly room: RecordRoom;
  readonly strings: StringWriter;
}

/**
 * Writes any value into a line as JSON, in one bounded walk that never throws and never changes the value
 * (DESIGN section 5). Secret keys are masked at any depth on the way. Not re-entrant.
 */
export class ValueWriter {
  readonly #keys: KeyTable;
  readonly #line: LineWriter;
  readonly #room: RecordRoom;
  readonly #strings: StringWriter;
  /** Those that a value lies in, from the outside. */
  readonly #ancestors: object[] = [];
  /** The key that was written last. */
  #last: KeyInfo | undefined;

  constructor({ keys, line, room, strings }: ValueTools) {
    this.#keys = keys;
    this.#line = line;
    this.#room = room;
    this.#strings = strings;
  }

  /** False where JSON has no word for the value (`undefined`); then nothing is written. */
  write(value: unknown): boolean {
    // One after the other: a switch makes V8 ask for the type's name, and compare that.
    if (typeof value === 'string') this.#strings.write(value);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'boolean') this.#word(value ? TRUE : FALSE);
    else if (value === undefined) return false;
    else if (value === null) this.#word(NULL);
    else if (isObject(value)) return this.#guarded(value);
    else this.#strings.write(typeof value === 'bigint' ? encodeBigInt(value) : (value as symbol).toString());
    return true;
  }

  /** The value of a key: masked when that is secret. */
  writeOf(secret: boolean, value: unknown): boolean {
    if (!secret || value === undefined || value === null) return this.write(value);
    this.#strings.write(mask(value));
    return true;
  }

  /** What stands in the place of something that threw. */
  thrown(thrown: unknown): void {
    this.#strings.write(thrownText(thrown));
  }

  /**
   * The members of an object as `,"key":value,"key":value`, own enumerable string keys only.
   *
   * @param size - how many there are, when the holder has not got them all
   * @param enters - whether the holder is among the ancestors of its members only from here on
   */
  members(holder: object, skip?: ReadonlySet<string>, size?: number, enters = false): void {
    const line = this.#line;
    const room = this.#room;
    let last = this.#last;
    let count = 0;
    for (const key in holder) {
      if (!hasOwnProperty.call(holder, key) || skip?.has(key) === true) continue;
      if (room.isFull(++count)) {
        const total = size ?? Object.keys(holder).length;
        line.text(moreKeys(holder, count, total));
        room.leaveOut(total - count + 1);
        break;
      }
      last = this.#keys.behind(last, key);
      const { nested, secret } = last;
      const before = line.length;
      line.stamp(nested);
      room.spend(nested.length);
      let value: unknown;
      try {
        // Read here, by the loop's own variable: V8 then needs no look-up of the key.
        value = (holder as Record<string, unknown>)[key];
      } catch (thrown) {
        this.thrown(thrown);
        continue;
      }
      if (enters && isObject(value)) {
        enters = false;
        this.#ancestors.push(holder);
      }
      if (!this.writeOf(secret, value)) line.cut(before);
    }
    this.#last = last;
  }

  #number(value: number): void {
    const before = this.#line.length;
    writeNumber(this.#line, value);
    this.#room.spend(this.#line.length - before);
  }

  #word(word: Stamp): void {
    this.#line.stamp(word);
    this.#room.spend(WORD_BYTES);
  }

  #guarded(value: object): boolean {
    this.#room.spend(WORD_BYTES);
    const ancestors = this.#ancestors;
    const depth = ancestors.length;
    if (depth > 0 && ancestors.includes(value)) return this.write('[Circular]');
    const before = this.#line.length;
    try {
      if (typeof value === 'function') return this.write(`[Function: ${value.name || 'anonymous'}]`);
      if (depth >= MAX_DEPTH) return this.write(Array.isArray(value) ? '[Array]' : '[Object]');
      const plain = isPlainObject(value);
      // Most of these hold no object: what V8 does for one that is remembered takes as long as a member.
      if (plain && isBag(value)) return this.#bag(value, undefined, true);
      ancestors.push(value);
      return this.#object(value, plain);
    } catch (thrown) {
      this.#line.cut(before);
      this.thrown(thrown);
      return true;
    } finally {
      // At most this one is left: setting a length takes V8 longer than the whole rest.
      if (ancestors.length > depth) ancestors.pop();
    }
  }

  #object(value: object, plain: boolean): boolean {
    if (Array.isArray(value)) return this.#elements(value, value.length);
    if (!plain && isError(value)) return writeError(value, this, this.#line);
    const exotic = unwrapExotic(value, plain);
    if (exotic === undefined) return this.#bag(value);
    if ('scalar' in exotic) return this.write(exotic.scalar);
    if ('members' in exotic) return this.#bag(exotic.members, exotic.size);
    return this.#elements(exotic.elements, exotic.length);
  }

  #bag(holder: object, size?: number, enters?: boolean): boolean {
    const from = this.#line.length;
    this.members(holder, undefined, size, enters);
    this.#line.enclose(from, OPEN_BRACE, CLOSE_BRACE);
    return true;
  }

  #elements(elements: Iterable<unknown>, length: number): boolean {
    const line = this.#line;
    const room = this.#room;
    const from = line.length;
    let count = 0;
    for (const element of elements) {
      if (room.isFull(++count)) {
        line.text(`,"[Truncated: ${length - count + 1} more elements]"`);
        room.leaveOut(length - count + 1);
        break;
      }
      room.spend(1);
      line.byte(COMMA);
      if (!this.write(element)) this.#word(NULL);
    }
    line.enclose(from, OPEN_BRACKET, CLOSE_BRACKET);
    return true;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Whether a plain object is its keys. */
function isBag(value: object): boolean {
  return !Array.isArray(value) && !hasOwnProperty.call(value, 'toJSON');
}
