import { LEVEL_RANKS, type Level } from '../level';
import { recordPerformance } from './call-performance';
import { type Internals, SCOPE } from './internals';
import { type TimeOptions } from './logger';

/** Runs an operation and records how long it took; what it throws is recorded and thrown on. */
export async function timed<T>(
  logger: Internals,
  operation: string,
  run: () => T | Promise<T>,
  { thresholdMs, fields }: TimeOptions = {},
): Promise<T> {
  const start = performance.now();
  const record = (outcome: 'ok' | 'failed', error: unknown): void => {
    const durationMs = Math.round((performance.now() - start) * 1000) / 1000;
    const slow = thresholdMs !== undefined && durationMs >= thresholdMs;
    const level: Level = outcome === 'failed' ? 'error' : slow ? 'warning' : 'info';
    if (logger[SCOPE].gate.rank < LEVEL_RANKS[level]) return;
    const message = `${operation} ${outcome === 'failed' ? 'failed after' : 'took'} ${durationMs} ms`;
    const about = { ...fields, operation, durationMs, outcome, thresholdMs, slow: slow ? true : undefined };
    recordPerformance(logger, level, { message, fields: about, error });
  };
  try {
    const result = await run();
    record('ok', undefined);
    return result;
  } catch (thrown) {
    record('failed', thrown);
    throw thrown;
  }
}
