import { type Fields } from '../record/log-record';
import { withContext } from './ambient';

/**
 * Works through items one after the other, each with fields of its own on every record made meanwhile. A callback
 * and no generator: a loop's body cannot be given a context that surely ends with it.
 *
 * @param fieldsOf - the fields, or what gives them for an item
 * @returns what the work gave for each item, in order; it stops at the first that throws
 * @example
 * await iterateWithContext(symbols, (symbol) => ({ symbol }), async (symbol) => trade(symbol));
 */
export async function iterateWithContext<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  fieldsOf: Fields | ((item: T, index: number) => Fields),
  work: (item: T, index: number) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for await (const item of items) {
    const index = results.length;
    const fields = typeof fieldsOf === 'function' ? fieldsOf(item, index) : fieldsOf;
    results.push(await withContext(fields, () => work(item, index)));
  }
  return results;
}
