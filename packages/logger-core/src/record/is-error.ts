import { types } from 'node:util';

/** Whether a value is an Error, also one of another realm (a vm context, a test runner's sandbox). Never throws. */
export function isError(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  try {
    return value instanceof Error;
  } catch {
    // A proxy whose traps throw, or that has been revoked.
    return false;
  }
}
