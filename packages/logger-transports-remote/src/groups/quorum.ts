import { type WriteResult } from '@metaexpert/logger-core';

/** What became of one record at one member; undefined while nothing is known. */
export type Fate = 'delivered' | 'rejected' | undefined;

/** What a member's answer says of each record of its batch. */
export function fatesOf(result: WriteResult, records: number): Fate[] {
  if (result.status === 'partial') {
    const fates = new Array<Fate>(records).fill(undefined);
    for (const index of result.rejected) fates[index] = 'rejected';
    for (const index of result.delivered) fates[index] = 'delivered';
    return fates;
  }
  return new Array<Fate>(records).fill(result.status === 'retry' ? undefined : result.status);
}

/**
 * The answer of the whole group. A record is delivered when enough members have it, and rejected when enough of them
 * have refused it that the others could not be.
 *
 * @param fates - for each record, its fate at each member
 */
export function decide(fates: readonly (readonly Fate[])[], quorum: number, error: Error): WriteResult {
  const indexes = { delivered: [] as number[], retry: [] as number[], rejected: [] as number[] };
  fates.forEach((members, index) => {
    const delivered = members.filter((fate) => fate === 'delivered').length;
    const rejected = members.filter((fate) => fate === 'rejected').length;
    if (delivered >= quorum) indexes.delivered.push(index);
    else if (members.length - rejected < quorum) indexes.rejected.push(index);
    else indexes.retry.push(index);
  });
  if (indexes.delivered.length === fates.length) return { status: 'delivered' };
  if (indexes.retry.length === fates.length) return { status: 'retry', error };
  if (indexes.rejected.length === fates.length) return { status: 'rejected', error };
  return { status: 'partial', ...indexes, error };
}
