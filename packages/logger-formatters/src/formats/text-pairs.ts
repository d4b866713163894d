import { type Fields } from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { visible } from '../escape/visible';
import { keptByName } from '../record/kept';

const BARE = /^[^\s"=\u0000-\u001f\u007f-\u009f\ud800-\udfff]+$/;

const before = keptByName((key) => ` ${visible(key)}=`);
/** V8 sees through this call inside of for-in, and not through `Object.hasOwn`. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- always called with call()
const { hasOwnProperty } = Object.prototype;

/** Fields as a person reads them: ` key=value` each, strings with blanks in quotes, nested values as JSON. */
export function textPairs(fields: Readonly<Fields>): string {
  let text = '';
  for (const key in fields) if (hasOwnProperty.call(fields, key)) text += before(key) + textValue(fields[key]);
  return text;
}

/** One value of them. */
export function textValue(value: unknown): string {
  if (typeof value !== 'string') return jsonText(value);
  return BARE.test(value) ? value : jsonString(value);
}
