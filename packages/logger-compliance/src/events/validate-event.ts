import { type EventIssue, notAKind } from './event-issue';
import { type EventKind } from './event-kinds';
import { eventSchema } from './event-schema';

/** Everything that is wrong with an event; empty when it is as its schema says. */
export function validateEvent(kind: EventKind, fields: unknown): EventIssue[] {
  return eventSchema(kind)?.validate(fields) ?? [notAKind(kind)];
}
