/** Levels of nesting kept; a deeper value becomes a short name. */
export const MAX_DEPTH = 16;
/** Keys or elements kept of one object or array. */
export const MAX_BREADTH = 1000;
/** A larger record is cut. */
export const MAX_RECORD_BYTES = 1_048_576;
/** Of it, for what the caller says: the rest is for what every record has. */
export const CONTENT_BYTES = MAX_RECORD_BYTES - 2048;
/** Of it, for what `child` binds: it stands in every record. */
export const BOUND_BYTES = 262_144;

/** How much of one value is kept. */
export interface ValueLimits {
  /** Of a string, in UTF-16 units. */
  readonly chars: number;
  /** Of a nested object or array, in keys or elements. */
  readonly breadth: number;
}

export const WHOLE: ValueLimits = { chars: Infinity, breadth: MAX_BREADTH };

/**
 * What a record that does not fit is tried with, one after the other: a record is cut where it is longest, so first
 * its longest strings are shortened, and its longest lists when that was not enough.
 */
export const TIGHTER: readonly ValueLimits[] = [
  ...[524_288, 262_144, 65_536, 8192, 1024].map((chars) => ({ chars, breadth: MAX_BREADTH })),
  { chars: 1024, breadth: 100 },
  { chars: 256, breadth: 30 },
  { chars: 128, breadth: 10 },
  { chars: 128, breadth: 2 },
];
/** Memory of a writer that is needed for one line. */
export const ONE_LINE_BYTES = 1024;
