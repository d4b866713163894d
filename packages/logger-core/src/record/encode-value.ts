import { encodeString } from './encode-string';
import { encodeError } from './encode-error';
import { unwrapExotic } from './exotic-value';
import { isError } from './is-error';
import { type KeyTable } from './key-table';
import { MAX_BREADTH, MAX_DEPTH, MAX_RECORD_CHARS } from './limits';
import { mask } from './mask';

/** Characters that an escape takes at most: `\\u0000`. */
const MAX_ESCAPE_CHARS = 6;

/**
 * Turns any value into JSON text in one bounded walk that never throws and never changes the value
 * (DESIGN section 5). Secret keys are masked at any depth on the way. One instance serves one logger and is
 * not re-entrant: {@link begin} starts a record.
 */
export class ValueEncoder {
  readonly keys: KeyTable;
  #ancestors: object[] = [];
  #room = MAX_RECORD_CHARS;

  constructor(keys: KeyTable) {
    this.keys = keys;
  }

  /** Forgets the record before; call once per record. */
  begin(): void {
    this.#room = MAX_RECORD_CHARS;
    if (this.#ancestors.length > 0) this.#ancestors = [];
  }

  /** Whether something had to be cut since {@link begin} for the size of the record. */
  get truncated(): boolean {
    return this.#room < 0;
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
    this.#room = room - text.length;
    if (room <= 0) return text === '' ? '""' : '"[Truncated]"';
    if (room < text.length) return this.#cut(text, room);
    const encoded = encodeString(text);
    // What had to be escaped takes up to six characters for one.
    const escapes = encoded.length - text.length - 2;
    if (escapes === 0) return encoded;
    this.#room -= escapes;
    return this.#room >= 0 ? encoded : this.#cut(text, room);
  }

  /** JSON text of the value, or undefined where JSON has no word for it (`undefined`). */
  value(value: unknown): string | undefined {
    switch (typeof value) {
      case 'string':
        return this.string(value);
      case 'number':
        return value - value === 0 ? '' + value : `"${value}"`;
      case 'boolean':
        return value ? 'true' : 'false';
      case 'undefined':
        return undefined;
      case 'bigint':
        return this.string(value.toString());
      case 'symbol':
        return this.string(value.toString());
      default:
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

  /** The members of an object as `,"key":value,"key":value`, own enumerable string keys only. */
  members(holder: object, skip?: ReadonlySet<string>): string {
    let text = '';
    let count = 0;
    for (const key of Object.keys(holder)) {
      if (skip?.has(key)) continue;
      if (++count > MAX_BREADTH || this.#room < 0) {
        text += moreKeys(holder, count);
        break;
      }
      const info = this.keys.info(key);
      this.#room -= key.length + 4;
      const value = this.property(holder, key, info.secret);
      if (value !== undefined) text += info.nested + value;
    }
    return text;
  }

  /** What stands in the place of something that threw. */
  thrown(thrown: unknown): string {
    let message: string;
    try {
      message = String(isError(thrown) ? (thrown.message as unknown) : thrown);
    } catch {
      message = 'unprintable';
    }
    return this.string(`[Throws: ${message}]`);
  }

  #cut(text: string, room: number): string {
    this.#room = -1;
    const escaped = encodeString(text.slice(0, room)).length > room + 2;
    const kept = escaped ? Math.floor(room / MAX_ESCAPE_CHARS) : room;
    return encodeString(`${text.slice(0, kept)}[Truncated: ${text.length - kept} characters]`);
  }

  #guarded(value: object): string | undefined {
    if (this.#ancestors.includes(value)) return '"[Circular]"';
    const depth = this.#ancestors.length;
    try {
      if (typeof value === 'function') return this.string(`[Function: ${value.name || 'anonymous'}]`);
      if (depth >= MAX_DEPTH) return Array.isArray(value) ? '"[Array]"' : '"[Object]"';
      this.#ancestors.push(value);
      return this.#object(value);
    } catch (thrown) {
      return this.thrown(thrown);
    } finally {
      this.#ancestors.length = depth;
    }
  }

  #object(value: object): string | undefined {
    if (Array.isArray(value)) return this.#elements(value, value.length);
    if (isError(value)) return encodeError(value, this);
    const exotic = unwrapExotic(value);
    if (exotic === undefined) return `{${this.members(value).slice(1)}}`;
    if ('scalar' in exotic) return this.value(exotic.scalar);
    if ('members' in exotic) return `{${this.members(exotic.members).slice(1)}}`;
    return this.#elements(exotic.elements, exotic.length);
  }

  #elements(elements: Iterable<unknown>, length: number): string {
    let text = '';
    let count = 0;
    for (const element of elements) {
      if (++count > MAX_BREADTH || this.#room < 0) {
        text += `,"[Truncated: ${length - count + 1} more elements]"`;
        break;
      }
      text += ',' + (this.value(element) ?? 'null');
      this.#room -= 1;
    }
    return `[${text.slice(1)}]`;
  }
}

/** The member that says how many were left out. */
export function moreKeys(holder: object, count: number): string {
  return `,"[Truncated]":"${Object.keys(holder).length - count + 1} more keys"`;
}
