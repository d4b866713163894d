/** Control characters (C0, DEL, C1), line separators, and halves of surrogate pairs; the second pattern leaves whole pairs. */
const SUSPICIOUS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text in which nothing begins a new line, drives a terminal or fails to encode as UTF-8: such characters are shown as
 * JSON would escape them. Everything else stays as it is, so a reader cannot tell `\n` from a backslash and an n; formats
 * that need to tell escape the backslash too.
 */
export function visible(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(UNSAFE, toEscape) : text;
}

/** How JSON escapes one UTF-16 code unit (RFC 8259, section 7). */
export function toEscape(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
