import { toEscape } from './visible';

/** What XML 1.0 forbids (section 2.2), and the other characters that a terminal would obey. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;
const MARKUP = /[&<>"'\t\n\r\u0085\u2028\u2029]/g;
const SUSPICIOUS = /[&<>"'\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufffe\uffff]/;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;',
}; // prettier-ignore

/**
 * Text for an element or an attribute: markup and line ends as references, so that a reader gets them back and a record stays on
 * one line; what XML 1.0 cannot hold at all is shown as JSON would escape it.
 */
export function xmlText(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  return text
    .replace(FORBIDDEN, toEscape)
    .replace(MARKUP, (character) => REFERENCES[character] ?? `&#${character.charCodeAt(0)};`);
}
