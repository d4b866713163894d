import { type WriteResult } from '../transport/transport';

const STATUSES: ReadonlySet<unknown> = new Set(['delivered', 'retry', 'rejected', 'partial']);
const LISTS = ['delivered', 'retry', 'rejected'] as const;

/**
 * A transport's answer, made safe to keep books by: undefined when it is none; of a partial one each record of the
 * batch is named exactly once. What it forgets is to be retried; of two contradicting words `delivered` counts,
 * then `rejected`.
 */
export function checkResult(value: unknown, records: number): WriteResult | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const result = value as WriteResult;
  if (!STATUSES.has(result.status)) return undefined;
  if (result.status !== 'partial') return result;
  if (!LISTS.every((list) => Array.isArray(result[list]))) return undefined;
  const delivered = new Set(result.delivered);
  const rejected = new Set(result.rejected);
  const indexes = Array.from({ length: records }, (_, index) => index);
  return {
    status: 'partial',
    delivered: indexes.filter((index) => delivered.has(index)),
    rejected: indexes.filter((index) => rejected.has(index) && !delivered.has(index)),
    retry: indexes.filter((index) => !delivered.has(index) && !rejected.has(index)),
    ...(result.error && { error: result.error }),
  };
}
