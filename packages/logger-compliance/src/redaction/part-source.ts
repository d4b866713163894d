import { escapePattern } from './escape-pattern';
import { isCaptured, type Leaf, type Part } from './line-part';
import { type PlainSources } from './plain-sources';

const ANY = { text: '"(?:[^"\\\\]|\\\\.)*"', number: '[\\w.+-]+' };
const MAX_SAMPLE_CHARS = 64;
const HIDDEN = '"[^"\\\\]*"|[\\w.+-]+';

/** The source of a regular expression for what may stand in a line of this form and need no search. */
export function partSource(part: Part, plain: PlainSources): string {
  if (typeof part === 'string') return escapePattern(part);
  switch (part.kind) {
    case 'untouched':
      return `(?:${HIDDEN})`;
    case 'array':
      return plain.array;
    case 'hidden':
      return `)(${HIDDEN})(`;
    default:
      return part.searched ? `)(${ANY[part.kind]})(` : sampleOr(part, plain[part.kind]);
  }
}

/** One for a whole line, by the source for each of its parts. What is kept stands in captures too: their places in the line would cost more. */
export function lineRegexp(parts: readonly Part[], sourceOf: (part: Part, index: number) => string): RegExp {
  const source = parts.map(sourceOf).join('');
  return new RegExp(parts.some(isCaptured) ? `(${source})` : source, 'y');
}

/** A text that is known is passed over five times as fast. Never two ways for one text: a line would be given up in exponential time. */
function sampleOr({ kind, sample }: Leaf, plain: string): string {
  if (kind === 'number' || sample.length > MAX_SAMPLE_CHARS) return plain;
  const known = escapePattern(sample);
  return `(?:${known}|(?!${known})${plain})`;
}
