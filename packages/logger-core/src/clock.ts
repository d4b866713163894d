/**
 * Where a record's time comes from. Called once per record, on the caller's path.
 * A clock that is not the system's is simulated unless it says otherwise: records then carry
 * `simulatedTime` beside `timestamp`.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** @default true for every clock but {@link systemClock} */
  readonly simulated?: boolean;
}

/** The wall clock. */
export const systemClock: Clock = { now: () => Date.now(), simulated: false };
