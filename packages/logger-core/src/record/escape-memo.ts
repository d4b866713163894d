/** A power of two. */
const SLOTS = 16;
/** All of them together are some 128 KiB at most. */
const MAX_CHARS = 4096;
/** A copy costs as much as two times escaping: only what is missed so often gets one. */
const MISSES_UNTIL_KEPT = 8;

interface Slot {
  text: string | undefined;
  escaped: string;
  misses: number;
}

/**
 * Escaped long strings that come again, stacks above all: errors come in bursts from one place. Escaping a stack takes V8
 * twenty times as long as seeing that it is the same one.
 */
export class EscapeMemo {
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => ({ text: undefined, escaped: '', misses: 0 }));
  readonly #escape: (text: string) => string;

  constructor(escape: (text: string) => string) {
    this.#escape = escape;
  }

  escape(text: string): string {
    const slot = this.#slots[text.length & (SLOTS - 1)] as Slot;
    if (slot.text === text) return slot.escaped;
    const escaped = this.#escape(text);
    if (++slot.misses >= MISSES_UNTIL_KEPT && text.length <= MAX_CHARS) {
      slot.misses = 0;
      // A copy: the text may be a piece of a string that is far longer, and would keep it.
      slot.text = Buffer.from(text).toString();
      slot.escaped = escaped;
    }
    return escaped;
  }
}
