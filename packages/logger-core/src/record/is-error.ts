import { types } from 'node:util';

/** Whether a value is an Error, also one of another realm (a vm context, a test runner's sandbox). */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}
