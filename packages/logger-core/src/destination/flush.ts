import { type Counters } from './counters';
import { type Drain } from './drain';

export interface FlushParts {
  readonly drain: Drain;
  readonly counters: Counters;
  /** Resolves when a batch has settled, or the time is over. */
  readonly settledOr: (timeoutMs: number) => Promise<void>;
}

/**
 * Delivers what has been accepted so far, or as much of it as the time allows. Where there is a spool, half of the time is
 * for delivering: what is on the disk by then needs no time at the end.
 */
export async function flush(timeoutMs: number, { drain, counters, settledOr }: FlushParts): Promise<void> {
  const target = counters.accepted - counters.resumed;
  const startMs = performance.now();
  const [half, end] = [startMs + timeoutMs / 2, startMs + timeoutMs];
  drain.attempts.hurry(startMs);
  drain.run(true);
  while (counters.settled - counters.resumed < target && performance.now() < end) {
    const toHalf = drain.spooler === undefined ? 0 : half - performance.now();
    if (toHalf <= 0) drain.spooler?.save(drain.queue, drain.flights);
    await settledOr(toHalf > 0 ? toHalf : end - performance.now());
  }
}
