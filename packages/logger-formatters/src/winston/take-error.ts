import { type Fields } from '@metaexpert/logger-core';
import { types } from 'node:util';
import { type Info } from './info';

/**
 * The error in an info object, taken out of its fields: the info itself where winston was given an error alone, a field `error`
 * that is one, or what winston made of an error beside a message, a `stack` (and a `cause`) among the fields.
 */
export function takeError(info: Info, fields: Fields): unknown {
  const behind: unknown = isError(info) ? info : Object.getPrototypeOf(info);
  if (isError(behind)) return takenAll(behind, fields);
  const { error } = fields;
  if (isError(error)) {
    Reflect.deleteProperty(fields, 'error');
    return error;
  }
  const { stack, cause } = fields;
  if (typeof stack !== 'string') return undefined;
  const [, name = 'Error', message = ''] = /^([\w.$]+)(?:: (.*))?/.exec(stack) ?? [];
  for (const key of ['stack', 'cause']) Reflect.deleteProperty(fields, key);
  return { name, message, stack, ...(cause !== undefined && { cause }) };
}

/** What is the error's own is not a field as well. */
function takenAll(error: object, fields: Fields): object {
  for (const key of [...Object.keys(error), 'stack', 'cause']) Reflect.deleteProperty(fields, key);
  return error;
}

function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
