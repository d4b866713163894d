import { BACKSLASH, QUOTE, SPACE, TILDE } from './ascii';
import { LITTLE_ENDIAN } from './stamp';

const HIGH_BITS = 0x80808080;
const SPACES = 0x20202020;
const ONES = 0x01010101;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const DELETES = 0x7f7f7f7f;

/** Longer strings are looked at before they are written. */
export const MAX_PLAIN_CHARS = 1024;

const encoder = new TextEncoder();
const bytes = new Uint8Array(MAX_PLAIN_CHARS);
const words = new Int32Array(bytes.buffer);

/**
 * Writes a string of at most {@link MAX_PLAIN_CHARS} as printable ASCII without `"` and `\`: what stands in JSON as it is.
 * False when it is something else, and then no matter what has been written. Encoded first and looked at while it is copied:
 * bytes are looked at four times as fast as characters, and `encodeInto` takes V8 60 ns where `write` takes 90.
 */
export function writePlain(text: string, view: DataView, at: number): boolean {
  const { length } = text;
  if (encoder.encodeInto(text, bytes).written !== length) return false;
  const whole = length >> 2;
  let marks = 0;
  for (let i = 0; i < whole; i++, at += 4) {
    const word = words[i] as number;
    marks |= marksOf(word);
    view.setInt32(at, word, LITTLE_ENDIAN);
  }
  if (marks & HIGH_BITS) return false;
  for (let i = whole * 4; i < length; i++, at++) {
    const byte = bytes[i] as number;
    if (byte < SPACE || byte === QUOTE || byte === BACKSLASH || byte > TILDE) return false;
    view.setUint8(at, byte);
  }
  return true;
}

/**
 * Has a high bit set when one of four bytes is none of those: taking one from a byte that is zero sets it, and so does taking 32 from
 * a control character (Hacker's Delight, 6-1). What is not ASCII has it set, and no two of these take it away.
 */
function marksOf(word: number): number {
  const low = (word - SPACES) | ((word ^ QUOTES) - ONES);
  return low | ((word ^ BACKSLASHES) - ONES) | ((word ^ DELETES) - ONES);
}
