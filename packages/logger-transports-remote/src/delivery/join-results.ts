import { type WriteResult } from '@metaexpert/logger-core';

/** What became of one part of a batch: of so many entries, which follow those of the part before. */
export interface Part {
  readonly count: number;
  readonly result: WriteResult;
}

/** The answer for a batch that was written in parts. */
export function joinResults(parts: readonly Part[]): WriteResult {
  const [delivered, retry, rejected]: [number[], number[], number[]] = [[], [], []];
  let offset = 0;
  let error: Error | undefined;
  let afterMs: number | undefined;
  for (const { count, result } of parts) {
    const start = offset;
    const all = Array.from({ length: count }, (_, index) => start + index);
    if (result.status === 'delivered') delivered.push(...all);
    else if (result.status === 'rejected') rejected.push(...all);
    else if (result.status === 'retry') {
      retry.push(...all);
      if (result.afterMs !== undefined) afterMs = Math.max(afterMs ?? 0, result.afterMs);
    } else {
      delivered.push(...result.delivered.map((index) => start + index));
      retry.push(...result.retry.map((index) => start + index));
      rejected.push(...result.rejected.map((index) => start + index));
    }
    if (result.status !== 'delivered') error ??= result.error;
    offset += count;
  }
  if (delivered.length === offset) return { status: 'delivered' };
  if (retry.length === offset)
    return { status: 'retry', ...(afterMs !== undefined && { afterMs }), ...(error && { error }) };
  if (rejected.length === offset) return { status: 'rejected', error: error ?? new Error('rejected') };
  return { status: 'partial', delivered, retry, rejected, ...(error && { error }) };
}

/** Whether some of it has to go again: what follows must then wait, to stay in order. */
export function hasRetries(result: WriteResult): boolean {
  return result.status === 'retry' || (result.status === 'partial' && result.retry.length > 0);
}
