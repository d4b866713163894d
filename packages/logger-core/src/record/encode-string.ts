import { EscapeMemo } from './escape-memo';

/** Below this a loop beats a regular expression (20 ns against 45 ns on ten characters). */
const SHORT = 64;

const NEEDS_ESCAPE = new RegExp('[\\u0000-\\u001f"\\\\\\u007f-\\uffff]');
const UNSAFE_IN_JSON = '[\\u007f-\\u009f\\u2028\\u2029]';
const HAS_UNSAFE = new RegExp(UNSAFE_IN_JSON);
const DEL = '\u007f';
const EVERY_UNSAFE = new RegExp(UNSAFE_IN_JSON, 'g');
const EVERY_NON_ASCII = new RegExp('[\\u007f-\\uffff]', 'g');

/**
 * JSON text of a string. Control characters, DEL and the C1 range are escaped (RFC 8259 section 7 demands only
 * U+0000 to U+001F; the others drive terminals), so are U+2028/2029 and lone surrogates: one record is one line.
 */
export function encodeString(text: string): string {
  const length = text.length;
  if (length > SHORT) return NEEDS_ESCAPE.test(text) ? memo.escape(text) : '"' + text + '"';
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 34 || code === 92 || code >= 127) return escape(text);
  }
  return '"' + text + '"';
}

/** JSON text of a key, in ASCII alone, so that a cached key never changes what a line's length means. */
export function encodeKey(key: string): string {
  return JSON.stringify(key).replace(EVERY_NON_ASCII, toEscape);
}

function escape(text: string): string {
  const json = JSON.stringify(text);
  // Looking for one character in ASCII takes a tenth of what looking for a class does.
  const unsafe = Buffer.byteLength(json) === json.length ? json.includes(DEL) : HAS_UNSAFE.test(json);
  return unsafe ? json.replace(EVERY_UNSAFE, toEscape) : json;
}

function toEscape(character: string): string {
  return '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0');
}

/** A cache, and nothing but one: all loggers of a process may share it. */
const memo = new EscapeMemo(escape);
