import { encodeBigInt } from './encode-bigint';
import { encodeString } from './encode-string';
import { encodeError } from './encode-error';
import { isPlainObject, unwrapExotic } from './exotic-value';
import { isError } from './is-error';
import { type KeyTable } from './key-table';
import { CONTENT_BYTES, MAX_DEPTH, type ValueLimits, WHOLE } from './limits';
import { mask } from './mask';
import { moreKeys } from './more-keys';
import { shortenString } from './shorten-string';
import { thrownText } from './thrown-text';

/** Characters that an escape takes at most: `\\u0000`. */
const MAX_ESCAPE_CHARS = 6;
/** Up to so many characters a string's bytes are not counted one by one. */
const SHORT = 64;
/** What the words and brackets of JSON take: `false`, `null,`. */
const WORD_BYTES = 5;

/**
 * Turns any value into JSON text in one bounded walk that never throws and never changes the value
 * (DESIGN section 5). Secret keys are masked at any depth on the way. One instance serves one logger and is
 * not re-entrant: {@link begin} starts a record.
 */
export class ValueEncoder {
  readonly keys: KeyTable;
  #ancestors: object[] = [];
  #room = CONTENT_BYTES;
  #limits = WHOLE;
  #cutBytes = 0;

  constructor(keys: KeyTable) {
    this.keys = keys;
  }

  /** Forgets the record before; call once per record. */
  begin(limits: ValueLimits = WHOLE, bytes = CONTENT_BYTES): void {
    this.#room = bytes;
    this.#limits = limits;
    this.#cutBytes = 0;
    if (this.#ancestors.length > 0) this.#ancestors = [];
  }

  /** Whether there was no room for something since {@link begin}. */
  get truncated(): boolean {
    return this.#room < 0;
  }

  /** Bytes left out for the size of the record, as far as they were seen: of strings all, of other values one each. */
  get cutBytes(): number {
    return this.#room < 0 ? Math.max(1, this.#cutBytes) : this.#cutBytes;
  }

  /** Whether a string of so many characters fits, whatever has to be escaped in it. */
  fits(chars: number): boolean {
    return this.#room > chars * MAX_ESCAPE_CHARS;
  }

  /** So many characters of the record were written by somebody else. */
  spend(chars: number): void {
    this.#room -= chars;
  }

  /** JSON text of a string, cut when the record has no room for all of it. */
  string(text: string): string {
    const room = this.#room;
    if (text.length > room || text.length > this.#limits.chars) return this.#cut(text);
    const encoded = encodeString(text);
    const bytes = text.length > SHORT ? Buffer.byteLength(encoded) : encoded.length;
    if (bytes - 2 > room) return this.#cut(text);
    this.#room = room - bytes;
    return encoded;
  }

  /** JSON text of the value, or undefined where JSON has no word for it (`undefined`). */
  value(value: unknown): string | undefined {
    switch (typeof value) {
      case 'string':
        return this.string(value);
      case 'number':
        return this.#number(value);
      case 'boolean':
        this.#room -= WORD_BYTES;
        return value ? 'true' : 'false';
      case 'undefined':
        return undefined;
      case 'bigint':
        return this.string(encodeBigInt(value));
      case 'symbol':
        return this.string(value.toString());
      default:
        this.#room -= WORD_BYTES;
        return value === null ? 'null' : this.#guarded(value as object);
    }
  }

  /** JSON text of a property's value: masked when its key is secret, a placeholder when reading it throws. */
  property(holder: object, key: string, secret: boolean): string | undefined {
    let value: unknown;
    try {
      value = (holder as Record<string, unknown>)[key];
    } catch (thrown) {
      return this.thrown(thrown);
    }
    return secret && value !== undefined && value !== null ? this.string(mask(value)) : this.value(value);
  }

  /**
   * The members of an object as `,"key":value,"key":value`, own enumerable string keys only.
   *
   * @param size - how many there are, when the holder has not got them all
   */
  members(holder: object, skip?: ReadonlySet<string>, size?: number): string {
    let text = '';
    let count = 0;
    for (const key of Object.keys(holder)) {
      if (skip?.has(key)) continue;
      if (++count > this.#limits.breadth || this.#room < 0) {
        const total = size ?? Object.keys(holder).length;
        text += moreKeys(holder, count, total);
        this.#leaveOut(total - count + 1);
        break;
      }
      const info = this.keys.info(key);
      this.#room -= info.nested.length;
      const value = this.property(holder, key, info.secret);
      if (value !== undefined) text += info.nested + value;
    }
    return text;
  }

  /** What stands in the place of something that threw. */
  thrown(thrown: unknown): string {
    return this.string(thrownText(thrown));
  }

  #number(value: number): string {
    const text = value - value === 0 ? '' + value : `"${value}"`;
    this.#room -= text.length;
    return text;
  }

  #cut(text: string): string {
    const room = Math.max(0, this.#room);
    const { kept, encoded } = shortenString(text, Math.min(room, this.#limits.chars));
    this.#cutBytes += Buffer.byteLength(text.slice(kept));
    // Where a limit has cut it, there may be room for more values; else this was the end of it.
    this.#room = this.#limits.chars <= room ? room - Buffer.byteLength(encoded) : -1;
    return room > 0 ? encoded : '"[Truncated]"';
  }

  /** A breadth that the size of the record asks for counts as cut; the breadth that every record has does not. */
  #leaveOut(values: number): void {
    if (this.#limits.breadth < WHOLE.breadth || this.#room < 0) this.#cutBytes += values;
  }

  #guarded(value: object): string | undefined {
    if (this.#ancestors.includes(value)) return this.string('[Circular]');
    const depth = this.#ancestors.length;
    try {
      if (typeof value === 'function') return this.string(`[Function: ${value.name || 'anonymous'}]`);
      if (depth >= MAX_DEPTH) return this.string(Array.isArray(value) ? '[Array]' : '[Object]');
      this.#ancestors.push(value);
      return this.#object(value);
    } catch (thrown) {
      return this.thrown(thrown);
    } finally {
      // At most this one is left: setting a length takes V8 longer than the whole rest.
      if (this.#ancestors.length > depth) this.#ancestors.pop();
    }
  }

  #object(value: object): string | undefined {
    if (Array.isArray(value)) return this.#elements(value, value.length);
    const plain = isPlainObject(value);
    if (!plain && isError(value)) return encodeError(value, this);
    const exotic = unwrapExotic(value, plain);
    if (exotic === undefined) return `{${this.members(value).slice(1)}}`;
    if ('scalar' in exotic) return this.value(exotic.scalar);
    if ('members' in exotic) return `{${this.members(exotic.members, undefined, exotic.size).slice(1)}}`;
    return this.#elements(exotic.elements, exotic.length);
  }

  #elements(elements: Iterable<unknown>, length: number): string {
    let text = '';
    let count = 0;
    for (const element of elements) {
      if (++count > this.#limits.breadth || this.#room < 0) {
        text += `,"[Truncated: ${length - count + 1} more elements]"`;
        this.#leaveOut(length - count + 1);
        break;
      }
      this.#room -= 1;
      text += ',' + (this.value(element) ?? 'null');
    }
    return `[${text.slice(1)}]`;
  }
}
