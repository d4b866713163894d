import { encodeString } from './encode-string';
import { CONTENT_BYTES, type ValueLimits, WHOLE } from './limits';
import { shortenString } from './shorten-string';

/** Characters that an escape takes at most: `\\u0000`. */
const MAX_ESCAPE_CHARS = 6;
/** Up to so many characters a string's bytes are not counted one by one. */
const SHORT = 64;

/** How much of a record's bound (DESIGN section 5) is left, and what was cut for it. One for each pen. */
export class RecordRoom {
  #left = CONTENT_BYTES;
  #limits = WHOLE;
  #cutBytes = 0;

  /** Forgets the record before; call once per record. */
  begin(limits: ValueLimits = WHOLE, bytes = CONTENT_BYTES): void {
    this.#left = bytes;
    this.#limits = limits;
    this.#cutBytes = 0;
  }

  /** Keys or elements kept of one object or array. */
  get breadth(): number {
    return this.#limits.breadth;
  }

  /** Whether there was no room for something since {@link begin}. */
  get truncated(): boolean {
    return this.#left < 0;
  }

  /** Bytes left out for the size of the record, as far as they were seen: of strings all, of other values one each. */
  get cutBytes(): number {
    return this.#left < 0 ? Math.max(1, this.#cutBytes) : this.#cutBytes;
  }

  /** Whether a string of so many characters fits, whatever has to be escaped in it. */
  fits(chars: number): boolean {
    return this.#left > chars * MAX_ESCAPE_CHARS && chars <= this.#limits.chars;
  }

  /** So many bytes of the record were written. */
  spend(bytes: number): void {
    this.#left -= bytes;
  }

  /** Whether an object or array that has so many is cut here. */
  isFull(count: number): boolean {
    return count > this.#limits.breadth || this.#left < 0;
  }

  /** So many values were not written: a breadth that the size of the record asks for counts as cut, that of every record does not. */
  leaveOut(values: number): void {
    if (this.#limits.breadth < WHOLE.breadth || this.#left < 0) this.#cutBytes += values;
  }

  /** JSON text of a string, cut when the record has no room for all of it. */
  string(text: string): string {
    const left = this.#left;
    if (text.length > left || text.length > this.#limits.chars) return this.#cut(text);
    const encoded = encodeString(text);
    const bytes = text.length > SHORT ? Buffer.byteLength(encoded) : encoded.length;
    if (bytes - 2 > left) return this.#cut(text);
    this.#left = left - bytes;
    return encoded;
  }

  #cut(text: string): string {
    const left = Math.max(0, this.#left);
    const { kept, encoded } = shortenString(text, Math.min(left, this.#limits.chars));
    this.#cutBytes += Buffer.byteLength(text.slice(kept));
    // Where a limit has cut it, there may be room for more values; else this was the end of it.
    this.#left = this.#limits.chars <= left ? left - Buffer.byteLength(encoded) : -1;
    return left > 0 ? encoded : '"[Truncated]"';
  }
}
