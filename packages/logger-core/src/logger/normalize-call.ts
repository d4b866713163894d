import { format as interpolate } from 'node:util';
import { isError } from '../record/is-error';
import { isPlainObject, isExotic, unwrapExotic } from '../record/exotic-value';
import { type Fields } from '../record/log-record';
import { mergeFields, withoutKeys } from '../record/merge-fields';

/** Makes text of an object that stands in a message, with its secrets masked. */
export type Show = (value: object) => string;

/** A log call's arguments, sorted out. */
export interface Call {
  message: string;
  fields: object | undefined;
  error: unknown;
}

/** A call's parts, and the text that a winston format has made of them. */
export interface FormattedCall extends Call {
  text: string | undefined;
}

/**
 * Sorts out what a level method was given: `(message, fields?)`, `(message, error, fields?)`, `(error, fields?)`,
 * `({ message, …fields })`, or printf style `(message with %s, …values)`. Nothing given is lost: what has no
 * place of its own is kept under `args`.
 */
export function normalizeCall(args: readonly unknown[], show: Show): Call {
  const [first, ...rest] = args;
  if (isError(first)) return withRest({ message: messageOf(first), fields: undefined, error: first }, rest);
  const info = asFields(first);
  if (info !== undefined) {
    const { message } = info;
    const fields = withoutKeys(info, 'message', 'level');
    const call = { message: message === undefined ? '' : toMessage(message, show), fields, error: undefined };
    return withRest(isError(message) ? { ...call, error: message } : call, rest);
  }
  if (typeof first === 'string' && /%[sdifjoOc]/.test(first) && rest.length > 0 && !isFields(rest[0])) {
    const fields = rest.findLast(isFields);
    const values = fields === undefined ? rest : rest.filter((value) => value !== fields);
    return {
      message: safely(
        () => interpolate(first.replace(OBJECTS, textOnly), ...values.map((value) => masked(value, show))),
        first,
      ),
      fields,
      error: values.find(isError),
    };
  }
  return withRest({ message: toMessage(first, show), fields: undefined, error: undefined }, rest);
}

/** Whether a value can serve as fields: an object that is its keys, so no array, error, Map, Date or the like. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isError(value) && !isExotic(value);
}

/** A value as fields: itself, or the object that its own `toJSON` makes of it. */
function asFields(value: unknown): Fields | undefined {
  if (isFields(value)) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  try {
    const content = unwrapExotic(value, isPlainObject(value));
    return content !== undefined && 'scalar' in content && isFields(content.scalar) ? content.scalar : undefined;
  } catch {
    // It throws again as an ordinary value, and gets its placeholder there.
    return undefined;
  }
}

function withRest(call: Call, rest: readonly unknown[]): Call {
  const args: unknown[] = [];
  for (const value of rest) {
    if (isError(value) && call.error === undefined) call.error = value;
    else if (value === undefined) continue;
    else if (call.fields === undefined) call.fields = asFields(value) ?? void args.push(value);
    else args.push(value);
  }
  if (args.length > 0) call.fields = mergeFields(call.fields as Fields | undefined, { args });
  return call;
}

function messageOf(error: Error): string {
  return safely(() => textOf(error.message), '[error without a readable message]');
}

const OBJECTS = /%%|%[oOj]/g;

function textOnly(placeholder: string): string {
  return placeholder === '%%' ? placeholder : '%s';
}

/** A value as it may stand in a message: an object's own text could hold what is masked among the fields. */
function masked(value: unknown, show: Show): unknown {
  if (isError(value)) return messageOf(value);
  return typeof value === 'object' && value !== null ? show(value) : value;
}

function toMessage(value: unknown, show: Show): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (isError(value)) return messageOf(value);
  return safely(() => (typeof value === 'object' && value !== null ? show(value) : textOf(value)), '[unprintable]');
}

/** Whatever is there at run time, as text. */
function textOf(value: unknown): string {
  return String(value);
}

/** A message that throws while it is made must not throw at the caller. */
function safely(make: () => string, otherwise: string): string {
  try {
    return make();
  } catch {
    return otherwise;
  }
}
