import { type TimeOptions } from '@metaexpert/logger-core';
import { getLogger } from './setup-logger';

/** `log.time` on the process' logger: runs the operation and records how long it took. */
export async function timedOperation<T>(
  operation: string,
  run: () => T | Promise<T>,
  options?: TimeOptions,
): Promise<T> {
  return getLogger().time(operation, run, options);
}
