import { type Logger, systemMetrics as watchSystem, type SystemMetricsOptions } from '@metaexpert/logger-core';
import { getLogger } from './setup-logger';

/**
 * Records CPU, memory, event loop, garbage collection, resources and network totals at every interval, in the category
 * `performance`; a metric that gets to its threshold raises a warning.
 *
 * @param options - with the logger to use. @default the process' logger
 * @returns stops it
 * @example
 * const stop = systemMetrics({ intervalMs: 30_000, thresholds: { eventLoopDelayP99Ms: 50 } });
 */
export function systemMetrics({
  logger = getLogger(),
  ...options
}: SystemMetricsOptions & { logger?: Logger } = {}): () => void {
  return watchSystem(logger, options);
}
