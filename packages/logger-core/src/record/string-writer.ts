import { type ValueEncoder } from './encode-value';
import { type LineWriter } from './line-writer';
import { MEMO_MAX_CHARS, MEMO_MIN_CHARS, TextMemo } from './text-memo';

/** A cache, and nothing but one: all loggers of a process may share it. */
const memo = new TextMemo();

/** Writes strings as JSON into a line, within what the record has room for. */
export class StringWriter {
  readonly #line: LineWriter;
  readonly #encoder: ValueEncoder;

  constructor(line: LineWriter, encoder: ValueEncoder) {
    this.#line = line;
    this.#encoder = encoder;
  }

  write(text: string): void {
    const { length } = text;
    if (this.#encoder.fits(length) && this.#writePlain(text)) this.#encoder.spend(length);
    else this.#line.text(this.#encoder.string(text));
  }

  /** False when the string needs care; then nothing is written. */
  #writePlain(text: string): boolean {
    if (text.length >= MEMO_MIN_CHARS && text.length <= MEMO_MAX_CHARS) {
      const stamp = memo.find(text);
      if (stamp !== undefined) {
        this.#line.stamp(stamp);
        return true;
      }
    }
    return this.#line.plainString(text);
  }
}
