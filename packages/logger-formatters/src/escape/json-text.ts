import { toEscape } from './visible';

/** Below this a loop beats a regular expression. */
const SHORT_CHARS = 64;
const NEEDS_ESCAPE = /[\u0000-\u001f"\\\u007f-\uffff]/;
/** What JSON allows and terminals and line readers take for their own (RFC 8259, section 7 escapes only C0). */
const UNSAFE = /[\u007f-\u009f\u2028\u2029]/;
const EVERY_UNSAFE = /[\u007f-\u009f\u2028\u2029]/g;

/** JSON text of a plain value, on one line, without control characters. */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return jsonString(value);
    case 'number':
      return value - value === 0 ? `${value}` : `"${value}"`;
    case 'boolean':
      return value ? 'true' : 'false';
    default: {
      // JSON.stringify answers undefined for what JSON has no word for.
      const text = JSON.stringify(value) as string | undefined;
      return text === undefined ? 'null' : escapeUnsafe(text);
    }
  }
}

/** JSON text of a string. */
export function jsonString(text: string): string {
  const { length } = text;
  if (length > SHORT_CHARS) return NEEDS_ESCAPE.test(text) ? escapeUnsafe(JSON.stringify(text)) : `"${text}"`;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 34 || code === 92 || code >= 127) return escapeUnsafe(JSON.stringify(text));
  }
  return `"${text}"`;
}

function escapeUnsafe(json: string): string {
  return UNSAFE.test(json) ? json.replace(EVERY_UNSAFE, toEscape) : json;
}
