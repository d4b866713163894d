import { type DestinationState } from './attempts';

/** How a destination does. `accepted = delivered + queued + sum(dropped)`, exact at any time. */
export interface DestinationHealth {
  readonly name: string;
  readonly type: string;
  readonly state: DestinationState;
  /** Records waiting, under way or to be retried. */
  readonly queued: number;
  /** Their payload bytes. */
  readonly queuedBytes: number;
  readonly accepted: number;
  readonly delivered: number;
  /** Records by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly retries: number;
  readonly lastError?: Error;
  /** RFC 3339. */
  readonly lastDeliveredAt?: string;
}
