import { BACKSLASH, QUOTE, SPACE, TILDE } from './ascii';

const HIGH_BITS = 0x80808080;
const SPACES = 0x20202020;
const ONES = 0x01010101;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const DELETES = 0x7f7f7f7f;

/**
 * Whether bytes are printable ASCII without `"` and `\`: what stands in JSON as it is. Four at a time: taking one from
 * a byte that is zero sets its high bit, and so does taking 32 from a control character (Hacker's Delight,
 * 6-1). What is not ASCII has it set, and no two of these take it away.
 */
export function arePlain(view: DataView, from: number, to: number): boolean {
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word = view.getInt32(at, true);
    const low = (word - SPACES) | ((word ^ QUOTES) - ONES);
    if ((low | ((word ^ BACKSLASHES) - ONES) | ((word ^ DELETES) - ONES)) & HIGH_BITS) return false;
  }
  for (; at < to; at++) {
    const byte = view.getUint8(at);
    if (byte < SPACE || byte === QUOTE || byte === BACKSLASH || byte > TILDE) return false;
  }
  return true;
}
