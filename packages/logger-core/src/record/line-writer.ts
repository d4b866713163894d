import { BACKSLASH, NEWLINE, QUOTE, SPACE, TILDE, ZERO } from './ascii';
import { countDigits } from './count-digits';
import { LineText } from './line-text';
import { MAX_PLAIN_CHARS, writePlain } from './plain-bytes';
import { LITTLE_ENDIAN, type Stamp } from './stamp';

/** Lines share memory of this size; a longer one gets its own. The slowest calls are those that ask for more (docs/adr/0006). */
const SLAB_BYTES = 262_144;
/** Up to so many characters a loop beats a call into V8 (3.6 ns a character against 85 ns). */
const SHORT = 20;
/** A longer piece of a line is copied from a view made of it. */
const PIECE_BY_WORDS = 128;
const MAX_BYTES_PER_UNIT = 3; // of UTF-8, for one of UTF-16

/**
 * Writes lines as UTF-8 bytes, one behind the other. The bytes lie outside of the JavaScript heap: what queues
 * hold costs the garbage collector nothing (docs/adr/0006).
 */
export class LineWriter {
  readonly #slabBytes: number;
  #slab = Buffer.allocUnsafeSlow(0);
  #view = new DataView(this.#slab.buffer);
  #start = 0;
  #at = 0;
  #wide = false;

  constructor(slabBytes = SLAB_BYTES) {
    this.#slabBytes = slabBytes;
  }

  /** Starts a line behind the last one. @param wide - whether bytes will come that are not ASCII */
  begin(wide = false): void {
    // What one very long line needed is not kept for the short ones behind it.
    if (this.#slab.length > this.#slabBytes) this.#renew(0, 0);
    this.#start = this.#at;
    this.#wide = wide;
  }

  /** Bytes of the line so far. */
  get length(): number {
    return this.#at - this.#start;
  }

  /** The text of what was written behind so many bytes of the line. */
  textFrom(length: number): string {
    return this.#slab.toString('utf8', this.#start + length, this.#at);
  }

  /** Takes back what was written behind so many bytes of the line. */
  cut(length: number): void {
    this.#at = this.#start + length;
  }

  /** A line break follows the line, so that neighbours can be written in one piece. */
  end(): LineText {
    this.#room(1);
    const line = new LineText(this.#slab, this.#start, this.#at - this.#start, this.#wide, this.#view);
    this.#slab[this.#at++] = NEWLINE;
    return line;
  }

  /** The same line in this writer's memory. */
  copy({ slab, start, end, bytes, wide }: LineText): LineText {
    this.begin(wide);
    this.#room(bytes);
    this.#at += slab.copy(this.#slab, this.#at, start, end);
    return this.end();
  }

  /** Gives back the memory of the last line, if this is it and nobody kept it. */
  forget({ slab, start, end }: LineText): void {
    if (slab === this.#slab && end + 1 === this.#at) this.#at = start;
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#slab.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  stamp(stamp: Stamp): void {
    const { length, words } = stamp;
    const count = words.length;
    if (count === 0) {
      this.bytes(stamp.bytes);
      return;
    }
    this.#room(count * 8);
    const view = this.#view;
    let to = this.#at;
    this.#at = to + length;
    for (let i = 0; i < count; i++, to += 8) view.setFloat64(to, words[i] as number, LITTLE_ENDIAN);
  }

  /** Text that is JSON already, or nothing but ASCII. */
  text(text: string): void {
    const length = text.length;
    this.#room(length * MAX_BYTES_PER_UNIT);
    const slab = this.#slab;
    const at = this.#at;
    let i = 0;
    for (; i < length && length <= SHORT; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) break;
      slab[at + i] = code;
    }
    if (i < length) this.#native(text);
    else this.#at = at + length;
  }

  /** JSON text of a string, if it is not long and nothing in it needs care; else false, and nothing is written. */
  plainString(text: string): boolean {
    const length = text.length;
    if (length > SHORT) return length <= MAX_PLAIN_CHARS && this.#plainLong(text);
    this.#room(length + 2);
    const slab = this.#slab;
    let at = this.#at;
    slab[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code < SPACE || code === QUOTE || code === BACKSLASH || code > TILDE) return false;
      slab[at++] = code;
    }
    slab[at++] = QUOTE;
    this.#at = at;
    return true;
  }

  /** A whole number from 0 to 999,999,999, with zeros in front up to so many digits. */
  digits(value: number, width = 1): void {
    this.#room(9);
    const end = this.#at + Math.max(width, countDigits(value));
    for (let at = end - 1; at >= this.#at; at--) {
      const rest = (value / 10) | 0;
      this.#slab[at] = ZERO + value - rest * 10;
      value = rest;
    }
    this.#at = end;
  }

  byte(code: number): void {
    this.#room(1);
    this.#slab[this.#at++] = code;
  }

  /** Puts members or elements, each with a comma before it, into brackets. @param from - length of the line before them */
  enclose(from: number, open: number, close: number): void {
    if (this.length === from) this.byte(open);
    else this.#slab[this.#start + from] = open;
    this.byte(close);
  }

  /** Bytes of a finished line, from here to there: a short piece goes by words, without a view made of it. */
  piece({ slab, view, start }: LineText, from: number, to: number): void {
    if (to - from > PIECE_BY_WORDS) {
      this.bytes(slab.subarray(start + from, start + to));
      return;
    }
    this.#room(to - from);
    let at = this.#at;
    const end = start + to;
    for (from += start; from + 4 <= end; from += 4, at += 4) this.#view.setInt32(at, view.getInt32(from, true), true);
    for (; from < end; from++, at++) this.#view.setUint8(at, view.getUint8(from));
    this.#at = at;
  }

  #plainLong(text: string): boolean {
    const { length } = text;
    this.#room(length + 2);
    const start = this.#at + 1;
    if (!writePlain(text, this.#view, start)) return false;
    this.#slab[start - 1] = this.#slab[start + length] = QUOTE;
    this.#at = start + length + 1;
    return true;
  }

  #native(text: string): void {
    const written = this.#slab.write(text, this.#at, 'utf8');
    if (written !== text.length) this.#wide = true;
    this.#at += written;
  }

  #room(bytes: number): void {
    if (this.#at + bytes > this.#slab.length) this.#renew(this.#at - this.#start, bytes);
  }

  /** New memory; what there is of the line moves there. */
  #renew(length: number, more: number): void {
    const need = length + more;
    const slab = Buffer.allocUnsafeSlow(need < this.#slabBytes / 2 ? this.#slabBytes : need * 2);
    if (length > 0) this.#slab.copy(slab, 0, this.#start, this.#at);
    this.#slab = slab;
    this.#view = new DataView(slab.buffer);
    this.#start = 0;
    this.#at = length;
  }
}
