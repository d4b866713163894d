import { type Fields } from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { visible } from '../escape/visible';

const BARE = /^[^\s"=\u0000-\u001f\u007f-\u009f\ud800-\udfff]+$/;

/** Fields as a person reads them: ` key=value` each, strings with blanks in quotes, nested values as JSON. */
export function textPairs(fields: Readonly<Fields>): string {
  let text = '';
  for (const key of Object.keys(fields)) text += ` ${visible(key)}=${textValue(fields[key])}`;
  return text;
}

/** One value of them. */
export function textValue(value: unknown): string {
  if (typeof value !== 'string') return jsonText(value);
  return BARE.test(value) ? value : jsonString(value);
}
