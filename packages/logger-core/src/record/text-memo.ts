import { Stamp } from './stamp';

/** Shorter strings are written as fast as they are looked up. */
export const MEMO_MIN_CHARS = 8;
export const MEMO_MAX_CHARS = 64;

/** A power of two. With the longest strings some 50 KiB. */
const SLOTS = 256;
/** Making a stamp costs as much as thirty writes: only what is missed so often may get one … */
const FEWEST_MISSES = 40;
/** … give or take, so that strings that come in turns are not always asked at the same one's turn. */
const SPREAD = 32;
const STEP = 7;

const PLAIN = /^[ !#-[\]-~]*$/;

interface Slot {
  text: string | undefined;
  stamp: Stamp | undefined;
  /** Misses until the next one is looked at. */
  left: number;
  /** Of the string that was looked at last. */
  sum: number;
}

/**
 * JSON text of strings that come again: a program's messages and names are mostly literals. V8 needs 3.6 ns to read a
 * character of a string, and copies a whole stamp in that of five. Strings that never come again, ids and prices, take no
 * one's place: what is kept has been seen twice.
 */
export class TextMemo {
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => ({
    text: undefined,
    stamp: undefined,
    left: FEWEST_MISSES,
    sum: 0,
  }));
  #turns = 0;

  /** Of a string of {@link MEMO_MIN_CHARS} to {@link MEMO_MAX_CHARS}; undefined when it is not remembered. */
  find(text: string): Stamp | undefined {
    const { length } = text;
    const sum = length * 7 + text.charCodeAt(1) * 3 + text.charCodeAt(length - 2);
    const slot = this.#slots[sum & (SLOTS - 1)] as Slot;
    if (slot.text === text) return slot.stamp;
    slot.left -= 1;
    return slot.left > 0 ? undefined : this.#missed(slot, text);
  }

  #missed(slot: Slot, text: string): Stamp | undefined {
    slot.left = FEWEST_MISSES + ((this.#turns++ * STEP) & (SPREAD - 1));
    const sum = sumOf(text);
    if (sum !== slot.sum) {
      // The string itself is not held on to: it may be a piece of one that is far longer.
      slot.sum = sum;
      return undefined;
    }
    return keep(slot, text);
  }
}

function keep(slot: Slot, text: string): Stamp | undefined {
  if (!PLAIN.test(text)) return undefined;
  // A key is V8's own copy, which is a literal's very self: it compares by address, and holds on to no longer string.
  slot.text = Object.keys({ [text]: 0 })[0];
  slot.stamp = new Stamp(`"${text}"`);
  return slot.stamp;
}

/** Differs for most strings that differ. */
function sumOf(text: string): number {
  let sum = text.length;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return sum;
}
