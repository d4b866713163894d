/** What is wrong with a sealed log; a closed set. */
export const SEAL_FINDINGS = [
  'altered',
  'removed',
  'inserted',
  'reordered',
  'truncated',
  'rewritten',
  'key_unknown',
  'epoch_wrong',
  'checkpoint_missing',
  'clock_out_of_tier',
] as const;

export type SealFinding = (typeof SEAL_FINDINGS)[number];

/** The first bad line, or where a line is missing. */
export interface SealProblem {
  readonly code: SealFinding;
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Which line of the whole log, from 0: the leaf of the tree. */
  readonly index: number;
  readonly message: string;
}

/** How often the clock was within the tier that was asked for, by the checkpoints. */
export interface ClockSummary {
  readonly met: number;
  readonly missed: number;
  readonly unknown: number;
}

export interface VerifyResult {
  /** Whether nothing is wrong with what the seal covers. */
  readonly ok: boolean;
  readonly problem?: SealProblem;
  readonly origin?: string;
  /** Lines read, those of the seal included. */
  readonly lines: number;
  readonly checkpoints: number;
  /** Leaf of the first line: over 0 when older files are not there any more. */
  readonly firstIndex: number;
  /** Lines at the beginning that only the file before could prove; over 0 with `trimmed` alone. */
  readonly unproven: number;
  /** Lines behind the last checkpoint, which nothing proves yet; over 0 with `live` alone. */
  readonly unsealed: number;
  /** The note of the last checkpoint: publish it, keep it elsewhere. */
  readonly head?: string;
  /** Published heads that the log bears out. */
  readonly headsConfirmed: number;
  /** Tokens of time-stamp authorities over checkpoints of this log. */
  readonly timestamps: number;
  readonly clock: ClockSummary;
}
