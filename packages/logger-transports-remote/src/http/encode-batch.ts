import { type Entry } from '@metaexpert/logger-core';
import { fieldText } from './field-text';

/** How records become a body: an array of JSON, a JSON object a line, or the user's own text around each. */
export type BodyKind = 'array' | 'lines' | 'template';

export interface BodyTemplate {
  /**
   * The text of one record: `{{payload}}` is what the formatter made, `{{message}}`, `{{level}}`, `{{timestamp}}`,
   * `{{logger}}`, `{{id}}` and any field's name are that value, written so that it may stand between the quotes of a
   * JSON string.
   */
  record: string;
  /** Between records. @default ',' */
  join?: string;
  /** Before the first. @default '' */
  start?: string;
  /** After the last. @default '' */
  end?: string;
}

/** The entry as JSON: its payload where that is an object, else the payload as a string. */
export function jsonOf({ payload }: Entry): string {
  return payload.startsWith('{') && payload.endsWith('}') ? payload : JSON.stringify(payload);
}

export function encodeArray(batch: readonly Entry[]): string {
  return `[${batch.map(jsonOf).join(',')}]`;
}

/** One line each (JSON Lines); a text with line breaks in it becomes a JSON string, so that a line stays a record. */
export function encodeLines(batch: readonly Entry[]): string {
  return batch.map(({ payload }) => `${payload.includes('\n') ? JSON.stringify(payload) : payload}\n`).join('');
}

export function encodeTemplate(batch: readonly Entry[], template: BodyTemplate): string {
  const { record, join = ',', start = '', end = '' } = template;
  return start + batch.map((entry) => fill(record, entry)).join(join) + end;
}

function fill(template: string, { payload, record }: Entry): string {
  return template.replace(/\{\{\s*([^\s{}]+)\s*\}\}/g, (_, key: string) => {
    if (key === 'payload') return payload;
    return JSON.stringify(fieldText(record, key) ?? '').slice(1, -1);
  });
}
