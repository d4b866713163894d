import { AsyncLocalStorage } from 'node:async_hooks';
import { type Fields } from '../record/log-record';
import { mergeFields } from '../record/merge-fields';

const storage = new AsyncLocalStorage<Fields>();
/** Most programs never use it; until one does, a record does not pay for the look-up. */
let used = false;

/**
 * Runs `work` with fields that every record made inside it carries, across awaits, timers and promises.
 * Nested calls add to the outer fields; the inner value of a key wins.
 *
 * @example
 * await withContext({ strategyId: 1001 }, async () => log.info('tick'));
 */
export function withContext<T>(fields: Fields, work: () => T): T {
  used = true;
  return storage.run(mergeFields(storage.getStore(), fields), work);
}

/**
 * Runs `work` with just these fields as its context, whatever surrounds it: what {@link captureContext} gave
 * elsewhere.
 */
export function runInContext<T>(context: Fields, work: () => T): T {
  used = true;
  return storage.run(mergeFields(context, undefined), work);
}

/** The fields of the surrounding {@link withContext} calls, or undefined outside of any. */
export function ambientFields(): Readonly<Fields> | undefined {
  return used ? storage.getStore() : undefined;
}
