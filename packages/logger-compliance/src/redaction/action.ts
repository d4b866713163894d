import { createHash } from 'node:crypto';

/**
 * What is put in the place of something hidden: `mask` gives `***`, `remove` takes it out (a field with its key),
 * `hash` gives the beginning of its SHA-256, `pseudonym` what {@link Pseudonymize} makes of it, and `keepLast` leaves
 * that many characters of something at least twice as long.
 */
export type Action = 'mask' | 'remove' | 'hash' | 'pseudonym' | { readonly keepLast: number };

/** Makes a pseudonym of a value. `domain` is the rule's name: the same value under two rules gives two pseudonyms. */
export type Pseudonymize = (domain: string, value: string) => string;

export const MASK = '***';

/** Hexadecimal digits kept of a hash: 64 bits tell values apart. */
const HASH_DIGITS = 16;
const MASKED = /^\*\*\*.{0,4}$/s;

/** Whether core has masked the value before it came here. */
export function isMasked(text: string): boolean {
  return text.length <= 7 && MASKED.test(text);
}

/**
 * The text that stands for a hidden one; undefined to take it out.
 *
 * @param rule - name of the rule that hides it
 */
export function conceal(text: string, rule: string, action: Action, pseudonymize?: Pseudonymize): string | undefined {
  if (typeof action === 'object') {
    return text.length >= 2 * action.keepLast ? MASK + text.slice(text.length - action.keepLast) : MASK;
  }
  switch (action) {
    case 'remove':
      return undefined;
    case 'hash':
      return 'sha256:' + createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
    case 'pseudonym':
      return pseudonymize === undefined ? MASK : pseudonymize(rule, text);
    default:
      return MASK;
  }
}
