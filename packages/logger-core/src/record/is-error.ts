import { types } from 'node:util';

/** Whether a value is an Error, also one of another realm (a vm context, a test runner's sandbox). Never throws. */
export function isError(value: unknown): value is Error {
  try {
    // V8 walks a chain of prototypes itself; the other question is a call out of it (60 ns).
    if (value instanceof Error) return true;
  } catch {
    // A proxy whose traps throw, or that has been revoked.
    return false;
  }
  return types.isNativeError(value);
}
