import { type ErrorRecord, type Fields } from '@metaexpert/logger-core';
import { isBranch } from '../record/field-path';

const SLOTS: ReadonlySet<string> = new Set(['name', 'message', 'code', 'stack', 'cause', 'errors']);

/** An error's own properties beside the six that every error may have; undefined when there are none. */
export function errorDetails(error: ErrorRecord): Fields | undefined {
  let details: Fields | undefined;
  for (const key of Object.keys(error)) {
    if (SLOTS.has(key)) continue;
    details ??= Object.create(null) as Fields;
    details[key] = error[key];
  }
  return details;
}

/** What lies behind an error, nearest first: a chain of errors, or a value that was thrown. */
export function errorCauses(error: ErrorRecord): unknown[] {
  const causes: unknown[] = [];
  let at: unknown = error.cause;
  while (at !== undefined) {
    causes.push(at);
    at = isErrorRecord(at) ? at.cause : undefined;
  }
  return causes;
}

/** The errors of an aggregate. */
export function innerErrors({ errors }: ErrorRecord): readonly unknown[] {
  return Array.isArray(errors) ? errors : [];
}

export function isErrorRecord(value: unknown): value is ErrorRecord {
  return isBranch(value) && typeof value['message'] === 'string';
}
