import { type LogRecord } from '@metaexpert/logger-core';

/** An instant: whole milliseconds since 1970, and nanoseconds within the millisecond. */
export interface FineTime {
  readonly ms: number;
  readonly nanos: number;
}

const NANOS_PER_MS = 1_000_000;
/** One microsecond: the step that six digits can still tell apart. */
const STEP_NANOS = 1000;
/** A wall clock set back further than this is followed; a smaller step is waited out. */
const MAX_LEAD_MS = 1000;

let last: FineTime = { ms: Number.NEGATIVE_INFINITY, nanos: 0 };
/** A record is the same instant in whatever format it is written. */
const known = new WeakMap<LogRecord, FineTime>();

/**
 * A record's time with digits below the millisecond, later than that of every record asked for before in this process.
 * The wall clock that records are stamped with resolves one millisecond (`Date.now()`); a clock that gives fractions is
 * kept to about 0.2 µs, as a double holds it. Where that does not tell two records apart, the digits count on in
 * microseconds: they give the order, not a measurement.
 */
export function fineTime(record: LogRecord): FineTime {
  let time = known.get(record);
  if (time === undefined) {
    time = last = next(measured(record.time));
    known.set(record, time);
  }
  return time;
}

function measured(time: number): FineTime {
  const ms = Math.floor(time);
  return { ms, nanos: Math.min(999, Math.round((time - ms) * 1000)) * STEP_NANOS };
}

function next(time: FineTime): FineTime {
  const { ms, nanos } = time;
  if (ms > last.ms || (ms === last.ms && nanos > last.nanos) || last.ms - ms > MAX_LEAD_MS) return time;
  const step = last.nanos + STEP_NANOS;
  return step < NANOS_PER_MS ? { ms: last.ms, nanos: step } : { ms: last.ms + 1, nanos: step - NANOS_PER_MS };
}
