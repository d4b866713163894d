import { jsonText } from '../escape/json-text';

const NANOS_PER_MS = 1e6;

/** JSON of `event.duration`, in nanoseconds, from a field in milliseconds; undefined when that is no time. */
export function ecsDuration(ms: unknown): string | undefined {
  return typeof ms === 'number' && ms >= 0 ? jsonText(Math.round(ms * NANOS_PER_MS)) : undefined;
}
