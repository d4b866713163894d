import { Stamp } from './stamp';

/** Shorter strings are written as fast as they are looked up. */
export const MEMO_MIN_CHARS = 8;
export const MEMO_MAX_CHARS = 64;

/** A power of two. With the longest strings some 50 KiB. */
const SLOTS = 256;
/** Making a stamp costs as much as thirty writes: only what is missed so often gets one. */
const MISSES_UNTIL_KEPT = 64;

const PLAIN = /^[ !#-[\]-~]*$/;

interface Slot {
  text: string | undefined;
  stamp: Stamp | undefined;
  misses: number;
}

/**
 * JSON text of strings that come again: a program's messages and names are mostly literals. V8 needs 3.6 ns to read a
 * character of a string, and copies a whole stamp in that of five.
 */
export class TextMemo {
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => ({ text: undefined, stamp: undefined, misses: 0 }));

  /** Of a string of {@link MEMO_MIN_CHARS} to {@link MEMO_MAX_CHARS}; undefined when it is not remembered. */
  find(text: string): Stamp | undefined {
    const { length } = text;
    const sum = length * 7 + text.charCodeAt(1) * 3 + text.charCodeAt(length - 2);
    const slot = this.#slots[sum & (SLOTS - 1)] as Slot;
    if (slot.text === text) return slot.stamp;
    slot.misses += 1;
    return slot.misses < MISSES_UNTIL_KEPT ? undefined : keep(slot, text);
  }
}

function keep(slot: Slot, text: string): Stamp | undefined {
  slot.misses = 0;
  if (!PLAIN.test(text)) return undefined;
  // A key is V8's own copy, which is a literal's very self: it compares by address, and holds on to no longer string.
  slot.text = Object.keys({ [text]: 0 })[0];
  slot.stamp = new Stamp(`"${text}"`);
  return slot.stamp;
}
