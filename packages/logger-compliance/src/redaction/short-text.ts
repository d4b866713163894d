import { type ByteRun, quotedRun } from './byte-run';
import { shapeOf } from './text-shape';

/** Neither the end of a text in JSON nor what assigns, encodes or begins JSON: few rules look at texts without these. */
const CHARACTER = '[^"\\\\=:@%+&[{]';
/** Rules that mind the length of a text mind shorter ones. */
const MAX_CHARS = 32;
const CHARACTERS = Array.from({ length: 97 }, (_, index) => String.fromCharCode(32 + index)).filter((one) =>
  new RegExp(CHARACTER).test(one),
);

interface ShortText {
  /** Of a regular expression. */
  readonly source: string;
  readonly run: ByteRun;
}

/**
 * Texts so short that no rule concerns any of their characters, as they stand in JSON
 * with their quotes; undefined when there are none. To match one costs half of what any plain text does: nothing is looked at ahead.
 *
 * @param concerns - whether a text of this {@link shapeOf} and length is to be searched
 */
export function shortText(concerns: (shape: number, length: number) => boolean): ShortText | undefined {
  if (!concerns(widestShape(MAX_CHARS), Infinity)) {
    return { source: `"${CHARACTER}*"`, run: quotedRun(CHARACTER, Infinity) };
  }
  let chars = 0;
  while (chars < MAX_CHARS && !concerns(widestShape(chars + 1), chars + 1)) chars += 1;
  if (chars === 0) return undefined;
  return { source: `"${CHARACTER}{0,${chars}}"`, run: quotedRun(CHARACTER, chars) };
}

/** All that texts of so many of these characters can be: a shape tells of what occurs, and of how often, so each has its widest alone. */
function widestShape(length: number): number {
  return CHARACTERS.reduce((shape, one) => shape | shapeOf(one.repeat(length), 0, length), 0);
}
