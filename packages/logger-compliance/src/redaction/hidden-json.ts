import { isMasked, MASK } from './action';
import { jsonText } from './json-text';
import { isRequired } from './record-members';
import { type Rule } from './rule';
import { type TextRedactor } from './text-redactor';

const MASK_JSON = jsonText(MASK);
/** JSON text of the longest mask that core makes. */
const MAX_MASK_CHARS = 9;

/**
 * What stands for a value hidden by its key, as JSON; empty for the value itself, undefined to take it out.
 *
 * @param recordKey - of a record's own member, which has a form to keep; else empty
 */
export function hiddenJson(json: string, rule: Rule, recordKey: string, texts: TextRedactor): string | undefined {
  if (json === 'null' && rule.action !== 'remove') return '';
  // Most are masked, and then only what may be core's own mask needs a look.
  const value: unknown = rule.action === 'mask' && json.length > MAX_MASK_CHARS ? undefined : JSON.parse(json);
  const hidden = texts.hide(value, rule) ?? (isRequired(recordKey) ? MASK : undefined);
  if (hidden === undefined) return undefined;
  if (typeof value === 'string' && rule.action === 'mask' && isMasked(value)) return '';
  if (recordKey === 'error') return `{"name":"Error","message":${jsonText(hidden)}}`;
  return hidden === MASK ? MASK_JSON : jsonText(hidden);
}
