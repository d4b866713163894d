import { type DestinationHealth } from '@metaexpert/logger-core';
import { getLogger } from './setup-logger';

/** What the process' logger has done since `resetMetrics`, or since it was made. */
export interface LoggerMetrics {
  readonly accepted: number;
  readonly delivered: number;
  readonly dropped: number;
  readonly retries: number;
  /** Waiting now. */
  readonly queued: number;
  readonly queuedBytes: number;
  readonly destinations: readonly DestinationHealth[];
}

type Totals = Pick<LoggerMetrics, 'accepted' | 'delivered' | 'dropped' | 'retries'>;

let base: Totals = { accepted: 0, delivered: 0, dropped: 0, retries: 0 };

export function getMetrics(): LoggerMetrics {
  const destinations = getLogger().health();
  const { accepted, delivered, dropped, retries } = totals(destinations);
  return {
    // A reconfiguration begins new counts; a negative difference would be nonsense.
    accepted: Math.max(0, accepted - base.accepted),
    delivered: Math.max(0, delivered - base.delivered),
    dropped: Math.max(0, dropped - base.dropped),
    retries: Math.max(0, retries - base.retries),
    queued: sum(destinations.map(({ queued }) => queued)),
    queuedBytes: sum(destinations.map(({ queuedBytes }) => queuedBytes)),
    destinations,
  };
}

export function resetMetrics(): void {
  base = totals(getLogger().health());
}

function totals(destinations: readonly DestinationHealth[]): Totals {
  return {
    accepted: sum(destinations.map(({ accepted }) => accepted)),
    delivered: sum(destinations.map(({ delivered }) => delivered)),
    dropped: sum(destinations.flatMap(({ dropped }) => Object.values(dropped))),
    retries: sum(destinations.map(({ retries }) => retries)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
