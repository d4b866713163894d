import { encodeString } from './encode-string';
import { type LineWriter } from './line-writer';
import { type RecordRoom } from './record-room';
import { MEMO_MAX_CHARS, MEMO_MIN_CHARS, TextMemo } from './text-memo';

/** A cache, and nothing but one: all loggers of a process may share it. */
const memo = new TextMemo();
/** Shorter strings are tried first and looked at afterwards. */
const SHORT = 64;

/** Writes strings as JSON into a line, within what the record has room for. */
export class StringWriter {
  readonly #line: LineWriter;
  readonly #room: RecordRoom;

  constructor(line: LineWriter, room: RecordRoom) {
    this.#line = line;
    this.#room = room;
  }

  write(text: string): void {
    const line = this.#line;
    if (!this.#room.fits(text.length)) {
      line.text(this.#room.string(text));
      return;
    }
    const before = line.length;
    if (isStack(text) || !this.#writePlain(text)) line.text(encodeString(text));
    this.#room.spend(line.length - before);
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

/** Whether it is no use to try: a long text of several lines has to be escaped. */
function isStack(text: string): boolean {
  return text.length > SHORT && text.includes('\n');
}
