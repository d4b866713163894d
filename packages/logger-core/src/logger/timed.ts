import { LEVEL_RANKS } from '../level';
import { type Kernel } from './kernel';
import { type TimeOptions } from './logger';
import { type LoggerScope } from './scope';

/** Runs an operation and records how long it took; what it throws is recorded and thrown on. */
export async function timed<T>(
  kernel: Kernel,
  scope: LoggerScope,
  operation: string,
  run: () => T | Promise<T>,
  { thresholdMs, fields }: TimeOptions = {},
): Promise<T> {
  const start = performance.now();
  const record = (outcome: 'ok' | 'failed', error: unknown): void => {
    const durationMs = Math.round((performance.now() - start) * 1000) / 1000;
    const slow = thresholdMs !== undefined && durationMs >= thresholdMs;
    const rank = outcome === 'failed' ? LEVEL_RANKS.error : slow ? LEVEL_RANKS.warning : LEVEL_RANKS.info;
    if (scope.gate.rank < rank) return;
    const text = `${operation} ${outcome === 'failed' ? 'failed after' : 'took'} ${durationMs} ms`;
    const about = { ...fields, operation, durationMs, outcome, thresholdMs, slow: slow ? true : undefined };
    kernel.record(scope, rank, 'performance', text, about, error);
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
