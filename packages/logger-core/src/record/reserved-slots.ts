import { isError } from './is-error';
import { CATEGORIES, type Category } from './log-record';

/** Values that a caller passed as fields and that have a place of their own in the record. */
export interface ReservedSlots {
  category?: Category;
  error?: Error;
  traceId?: string;
  spanId?: string;
  /** What bound fields were cut by, once and for all. */
  cutBytes?: number;
}

/** Whether nothing comes behind a record's fields because of them: a category stands before. */
export function isEmpty({ error, traceId, spanId, cutBytes }: ReservedSlots): boolean {
  return error === undefined && traceId === undefined && spanId === undefined && cutBytes === undefined;
}

/** Keys that are fields, and yet tell something about the record. */
const MARKS: ReadonlySet<string> = new Set(['event_type', 'eventType']);

export function isMark(key: string): boolean {
  return MARKS.has(key);
}

/**
 * Puts a field with a reserved name where it belongs, if its value fits there: an Error under `error`, a known
 * category, trace and span ids. False when it does not: then it stays a field, as `fields.<name>`.
 */
export function lift(key: string, value: unknown, slots: ReservedSlots): boolean {
  switch (key) {
    case 'error':
      if (!isError(value)) return false;
      slots.error = value;
      return true;
    case 'category':
      if (!CATEGORIES.includes(value as Category)) return false;
      slots.category = value as Category;
      return true;
    case 'traceId':
    case 'spanId':
      if (typeof value !== 'string' || value === '') return false;
      slots[key] = value;
      return true;
    case 'event_type':
    case 'eventType':
      // MetaExpert's word for it. It stays a field, and a category that was given goes before it.
      if (value === 'trade') slots.category ??= 'trade';
      return false;
    default:
      return false;
  }
}
