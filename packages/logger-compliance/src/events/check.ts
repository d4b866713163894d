import { toError } from '@metaexpert/logger-core';
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

/** What a check answers. A rule that cannot be checked is not kept, and silence would say it is: so that is an answer too. */
export function askCheck(check: Check, event: ComplianceEvent): { finding?: Finding; error?: Error } {
  try {
    const finding: unknown = check(event);
    if (finding === undefined) return {};
    if (typeof (finding as Finding | null)?.reason === 'string') return { finding: finding as Finding };
    // A promise comes too late, and nobody else would hear of its failure.
    if (finding instanceof Promise) finding.catch(() => undefined);
    return { error: new TypeError('it answered neither undefined nor { reason }, at the call') };
  } catch (thrown) {
    return { error: toError(thrown) };
  }
}
