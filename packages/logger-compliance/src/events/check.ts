import { type EventFields, type EventKind } from './event-kinds';

/** An event as checks and listeners see it. */
export type ComplianceEvent = {
  [K in EventKind]: {
    readonly kind: K;
    /** What a correction names. */
    readonly id: string;
    /** Milliseconds since 1970. */
    readonly time: number;
    readonly fields: EventFields<K>;
    /** The event that this one corrects. */
    readonly corrects?: string;
  };
}[EventKind];

/** What a check has found. */
export interface Finding {
  /** What is wrong, for people. */
  readonly reason: string;
  readonly limit?: string;
  readonly actual?: string;
}

/**
 * A rule of one's own. Called for every valid event, after it has been logged, at the call; answers with what is wrong, or
 * undefined. It may keep state: events come in order. What it throws becomes a violation of its own.
 */
export type Check = (event: ComplianceEvent) => Finding | undefined;
