import { type Settle } from '@metaexpert/logger-core';

/** A frame in the ring whose outcome is not known yet. */
export interface Sent {
  readonly records: number;
  readonly settle: Settle;
}

/** The first frame failed after some records; the frames behind it were not looked at. */
export function failSent([first, ...behind]: readonly Sent[], written: number, error: Error): void {
  if (first !== undefined) {
    const indexes = indexesOf(first.records);
    const [delivered, retry] = [indexes.slice(0, written), indexes.slice(written)];
    first.settle(
      written === 0 ? { status: 'retry', error } : { status: 'partial', delivered, retry, rejected: [], error },
    );
  }
  for (const { settle } of behind) settle({ status: 'retry', error });
}

/** The frames were taken back: nothing is wrong with them. */
export function sendAgain(frames: readonly Sent[]): void {
  for (const { records, settle } of frames) {
    settle({ status: 'partial', delivered: [], retry: indexesOf(records), rejected: [] });
  }
}

function indexesOf(records: number): number[] {
  return Array.from({ length: records }, (_, index) => index);
}
