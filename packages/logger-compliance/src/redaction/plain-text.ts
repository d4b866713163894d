import { type ByteRun, quotedRun } from './byte-run';

/** What plain text must be besides so that it cannot hold one kind of secret; empty when no plain text can. */
export interface PlainLimits {
  /** No run of letters, digits, `_` and `-` in it is longer. @default any */
  readonly maxRunChars?: number;
  /** The same for a run of hexadecimal digits and `-` alone: UUIDs and hashes. @default maxRunChars */
  readonly maxHexRunChars?: number;
  /** It has no more other characters. @default any */
  readonly maxGaps?: number;
  /** It is not longer. @default any */
  readonly maxChars?: number;
  /** Whether it has blanks. @default true */
  readonly blanks?: boolean;
}

/** What stands before a blank in a credential or a PEM header, and so in no plain text. */
const LEADERS = [...['bearer', 'basic', 'digest', 'negotiate'].map(inAnyCase), 'BEGIN'].join('|');
const RUN = '[\\w-]';
/** Behind these, a run may be a part of a token or the end of a web hook. */
const HEX = '[0-9a-fA-F-]';
const HEX_RUN = `(?<![/.])${HEX}`;

/**
 * The source of a regular expression for texts that need no search, as they stand between quotes in JSON: words and
 * punctuation without `= : @ % + & \`, not JSON themselves, and within all limits. What most records consist of is passed
 * over by it in native code; a look at each character in JavaScript takes five times as long. There is one way only to
 * match a text, so that one that is not plain is given up in linear time.
 *
 * @returns undefined when there is no such text
 */
export function plainText(limits: readonly PlainLimits[]): string | undefined {
  const maxChars = least(limits, (one) => one.maxChars);
  if (maxChars < 1) return undefined;
  const short = maxChars === Infinity ? '' : `(?=[^"]{0,${maxChars}}")`;
  const run = runSource(least(limits, maxRun), least(limits, maxHexRun));
  const blank = limits.every((one) => one.blanks !== false) ? `|(?<!${LEADERS}) ` : '';
  const gap = `(?:[^"\\\\=:@%+&\\w -]${blank})`;
  return `(?![[{])${short}${run}(?:${gap}${run})${upTo(least(limits, (one) => one.maxGaps))}`;
}

/** A kind of plain text, as it stands in JSON. */
interface HexText {
  /** Of a regular expression. */
  readonly source: string;
  readonly run: ByteRun;
}

/**
 * The plain texts that are one run of hexadecimal digits and `-`, by how such a text begins.
 *
 * @returns undefined when such a run may be no longer than any other
 */
export function hexText(limits: readonly PlainLimits[]): ((beginning: string) => HexText) | undefined {
  const chars = least(limits, maxHexRun);
  if (least(limits, (one) => one.maxChars) < Infinity || chars <= least(limits, maxRun)) return undefined;
  return (beginning) => {
    const most = chars - beginning.length;
    const short = chars === Infinity ? '' : `(?!${HEX.repeat(most + 1)})`;
    return { source: `"${beginning}${short}${HEX}*"`, run: quotedRun(HEX, most, { beginning }) };
  };
}

function least(limits: readonly PlainLimits[], limit: (one: PlainLimits) => number | undefined): number {
  return Math.min(Infinity, ...limits.map((one) => limit(one) ?? Infinity));
}

function maxRun({ maxRunChars }: PlainLimits): number | undefined {
  return maxRunChars;
}

function maxHexRun({ maxHexRunChars, maxRunChars }: PlainLimits): number | undefined {
  return maxHexRunChars ?? maxRunChars;
}

/** Written out, for V8 counts the rounds of a loop in memory: what may be too long is looked at ahead, then taken by a plain star. */
function runSource(chars: number, hexChars: number): string {
  if (chars === Infinity) return `${RUN}*`;
  const short = `(?!${RUN.repeat(chars + 1)})`;
  if (hexChars <= chars) return `${short}${RUN}*`;
  return `(?:${short}|(?=${HEX_RUN}{${chars + 1},${hexChars === Infinity ? '' : hexChars}}(?!${RUN})))${RUN}*`;
}

function upTo(count: number): string {
  return count === Infinity ? '*' : `{0,${count}}`;
}

function inAnyCase(word: string): string {
  return Array.from(word, (letter) => `[${letter}${letter.toUpperCase()}]`).join('');
}
