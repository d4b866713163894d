import { type Fields } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { visible } from '../escape/visible';

/** SD-NAME (RFC 5424, section 6.3.2): 1 to 32 printable ASCII characters but `=`, blank, `]` and `"`. */
const SD_NAME = /^[!#-<>-\\^-~]{1,32}$/;
/** An SD-ID of one's own: a name, and a private enterprise number (section 6.3.2). */
const PRIVATE_ID = /^[!#-<>-?A-\\^-~]{1,29}@[0-9.]{1,31}$/;
/** Most texts hold nothing of it. */
const SUSPICIOUS = /["\\\]\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;
const SPECIAL = /["\\\]]/g;

/** Programs use few names; an attacker's thousands must not become our memory. */
const MAX_KNOWN_NAMES = 4096;
const known = new Map<string, boolean>();

export function isSdName(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    answer = SD_NAME.test(name);
    if (known.size < MAX_KNOWN_NAMES) known.set(name, answer);
  }
  return answer;
}

/** Whether a field is an SD-ELEMENT of the caller's own: called `name@enterprise`, with parameters in it. */
export function isSdElement(name: string, value: unknown): value is Fields {
  if (!name.includes('@') || !SD_NAME.test(name) || !PRIVATE_ID.test(name)) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every(isSdName);
}

/** ` name="value"` with `"`, `\` and `]` escaped (section 6.3.3); what is no string is JSON; control characters are shown. */
export function sdParam(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : jsonText(value);
  if (!SUSPICIOUS.test(text)) return ` ${name}="${text}"`;
  return ` ${name}="${visible(text).replace(SPECIAL, '\\$&')}"`;
}

export function sdElement(id: string, params: string): string {
  return params === '' ? '' : `[${id}${params}]`;
}
