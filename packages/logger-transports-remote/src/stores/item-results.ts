import { type WriteResult } from '@metaexpert/logger-core';

export type ItemVerdict = 'delivered' | 'retry' | 'rejected';

/** The answer of a server that judges each record by itself. */
export function itemResults(verdicts: readonly ItemVerdict[], error: Error | undefined): WriteResult {
  const indexes = (wanted: ItemVerdict): number[] =>
    verdicts.flatMap((verdict, index) => (verdict === wanted ? [index] : []));
  const [delivered, retry, rejected] = [indexes('delivered'), indexes('retry'), indexes('rejected')];
  if (delivered.length === verdicts.length) return { status: 'delivered' };
  if (retry.length === verdicts.length) return { status: 'retry', ...(error && { error }) };
  if (rejected.length === verdicts.length) return { status: 'rejected', error: error ?? new Error('rejected') };
  return { status: 'partial', delivered, retry, rejected, ...(error && { error }) };
}
