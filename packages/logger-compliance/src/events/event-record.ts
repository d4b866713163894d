import { type Fields } from '@metaexpert/logger-core';

/** The fields of a valid event in an object of our own. A spread that is added to takes V8 ten times as long. */
export function recordOf(fields: object, corrects: string | undefined): Fields {
  const record = Object.assign({}, fields) as Fields;
  if (corrects !== undefined) record['corrects'] = corrects;
  return record;
}

/** The fields of an invalid event, as far as they can be had. */
export function readable(fields: unknown): object {
  try {
    return typeof fields === 'object' ? { ...fields } : {};
  } catch {
    // What is wrong with them is among the issues.
    return {};
  }
}
