import { type LogRecord } from '../record/log-record';

/** What is known of one record that repeats itself: the last of those kept back, and how many. */
export interface Repeats {
  readonly untilMs: number;
  count: number;
  last: LogRecord | undefined;
}

/** A summary stands at the time it is made, and looks like the last of what it stands for. */
export function summaryOf(
  last: LogRecord,
  changes: Pick<LogRecord, 'message' | 'fields'> & Partial<LogRecord>,
): LogRecord {
  const now = new Date();
  return { ...last, time: now.getTime(), timestamp: now.toISOString(), ...changes };
}
