import { type Logger } from '../logger/logger';
import { type SystemSample, SystemSampler } from './system-sample';
import { ThresholdWatch } from './threshold-watch';

export type SystemMetric = keyof SystemSample;

export interface SystemMetricsOptions {
  /** @default 60000 */
  intervalMs?: number;
  /** Values from which on a warning is made: one when a metric gets there, the next after it has been below. */
  thresholds?: Partial<Record<SystemMetric, number>>;
}

/** What {@link systemMetrics} needs of a logger. */
type MetricsLogger = Pick<Logger, 'performance' | 'warning' | 'once' | 'off'>;

/**
 * Records CPU, memory, event loop, garbage collection, resources and network totals at every interval, in the category
 * `performance`. Keeps no process alive, and ends with the logger.
 *
 * @returns stops it
 * @example
 * const stop = systemMetrics(log, { intervalMs: 30_000, thresholds: { eventLoopDelayP99Ms: 50, rssBytes: 1e9 } });
 */
export function systemMetrics(log: MetricsLogger, options: SystemMetricsOptions = {}): () => void {
  const { intervalMs = 60_000, thresholds = {} } = options;
  const sampler = new SystemSampler();
  const watch = new ThresholdWatch(thresholds);
  const timer = setInterval(() => {
    const sample = sampler.sample();
    log.performance('system metrics', { ...sample });
    for (const { metric, value, threshold } of watch.crossings(sample)) {
      log.warning(`${metric} is ${value}, at or over ${threshold}`, {
        category: 'performance',
        metric,
        value,
        threshold,
      });
    }
  }, intervalMs).unref();
  const stop = (): void => {
    clearInterval(timer);
    sampler.close();
    log.off('close', stop);
  };
  log.once('close', stop);
  return stop;
}
