/** Control characters, line and paragraph separators, and those that turn the direction of what follows (Unicode TR 36). */
const HIDDEN = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** The same; most texts have none, and without `g` and `u` that is seen in half the time. */
const SUSPICIOUS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * A text as it may be sent to a terminal: it must not move the cursor, end the line early, or turn around what
 * stands behind it. Such characters are shown, not sent; a tab stays.
 */
export function visible(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(HIDDEN, toEscape) : text;
}

function toEscape(character: string): string {
  if (character === '\t') return character;
  // JSON has short names for a few: \n, \r, \b, \f.
  const short = JSON.stringify(character).slice(1, -1);
  return short.startsWith('\\') ? short : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
