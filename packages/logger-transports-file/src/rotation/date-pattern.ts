import { loadMoment } from './load-moment';

/** Shapes of what moment.js prints for a token; digits by the token's length, names in any language. */
const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/^(?:YYYY|GGGG|gggg)$/, '\\d{4}'],
  [/^DDDD$/, '\\d{3}'],
  [/^(?:MMMM?|dddd?|dd)$/, '[\\p{L}\\p{M}]+\\.?'],
  [/^[MDdQWw]o$/, '\\d{1,3}[\\p{L}º.]*'],
  [/^(?:YY|GG|gg|MM|DD|HH|hh|kk|mm|ss|WW|ww|SS)$/, '\\d{2}'],
  [/^SSS$/, '\\d{3}'],
  [/^(?:DDD|[MDHhkmsSWwQEed])$/, '\\d{1,3}'],
  [/^[Aa]$/, '[AaPp][Mm]'],
  [/^[Xx]$/, '\\d+'],
  [/^ZZ?$/, '[+-]\\d{2}:?\\d{2}'],
];

/** Shape of a moment.js pattern's output: strict, because what matches may be deleted. */
export function datePatternToRegExp(pattern: string): string {
  const tokens =
    /\[([^\]]*)\]|[MDdQWw]o|Y{4}|G{4}|g{4}|YY|GG|gg|M{1,4}|D{1,4}|d{1,4}|S{1,3}|ZZ?|([HhkmsWw])\2?|[QEeAaXx]|[^]/gu;
  return pattern.replace(tokens, (token, literal: string | undefined) => {
    if (literal !== undefined) return escapeRegExp(literal);
    return TOKENS.find(([shape]) => shape.test(token))?.[1] ?? escapeRegExp(token);
  });
}

/** When a date in a name was, to order names by; undefined when the pattern does not tell (it has no year). */
export function dateInName(date: string, pattern: string): number | undefined {
  if (!/[YGgXx]/.test(pattern.replace(/\[[^\]]*\]/g, ''))) return undefined;
  const parsed = loadMoment().utc(date, pattern, true);
  return parsed.isValid() ? parsed.valueOf() : undefined;
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
