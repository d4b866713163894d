import { type LineBytes } from '@metaexpert/logger-core';
import { type ByteRun } from './byte-run';

/** Bytes compared at once. */
const WORD = 8;

/** A text as it stands in a line. No bytes of UTF-8 are a number that is unlike itself or like another: words compare as numbers. */
class KnownBytes {
  readonly length: number;
  /** A plain array, which V8 reads faster than a typed one. */
  readonly #words: readonly number[];
  /** The last eight bytes, whatever of them stands in words already. */
  readonly #last: number;
  /** Of a text shorter than a word. */
  readonly #bytes: Uint8Array | undefined;

  constructor(text: string) {
    const bytes = Buffer.from(text);
    const { length } = bytes;
    this.length = length;
    this.#words = Array.from({ length: Math.floor(length / WORD) }, (_, index) => bytes.readDoubleLE(index * WORD));
    this.#last = length < WORD ? 0 : bytes.readDoubleLE(length - WORD);
    this.#bytes = length < WORD ? bytes : undefined;
  }

  /** Whether it stands there; so many bytes do. */
  isAt({ slab, view }: LineBytes, from: number): boolean {
    if (this.#bytes !== undefined) return this.#bytes.every((byte, index) => slab[from + index] === byte);
    const words = this.#words;
    let at = from;
    for (let i = 0; i < words.length; i++, at += WORD) if (view.getFloat64(at, true) !== words[i]) return false;
    return view.getFloat64(from + this.length - WORD, true) === this.#last;
  }
}

interface Step {
  readonly known: KnownBytes;
  readonly bytes: Uint8Array | undefined;
  readonly least: number;
  readonly most: number;
}

/** What the lines of a form usually look like, as bytes: tells that such a line holds nothing to hide without making a string of it. */
export class UsualBytes {
  readonly #steps: readonly Step[];

  /** @param runs - what a line consists of, up to where nothing of the user's stands */
  constructor(runs: readonly ByteRun[]) {
    const steps: Step[] = [];
    let text = '';
    for (const { before, bytes, least, most, after } of runs) {
      text += before;
      if (bytes === undefined) continue;
      steps.push({ known: new KnownBytes(text), bytes, least, most });
      text = after;
    }
    steps.push({ known: new KnownBytes(text), bytes: undefined, least: 0, most: 0 });
    this.#steps = steps;
  }

  /** Whether a line is usual. */
  match(line: LineBytes): boolean {
    const { slab, start, end } = line;
    let at = start;
    for (let i = 0; i < this.#steps.length; i++) {
      const { known, bytes, least, most } = this.#steps[i] as Step;
      const from = at + known.length;
      if (from > end || !known.isAt(line, at)) return false;
      at = from;
      if (bytes === undefined) continue;
      // The line's end is in none of the runs.
      while (bytes[slab[at] as number] === 1) at += 1;
      if (at - from < least || at - from > most) return false;
    }
    return true;
  }
}
