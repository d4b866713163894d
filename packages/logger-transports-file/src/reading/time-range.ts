import { FileError } from '../errors';

/** An instant: a Date, what `Date.parse` reads, or milliseconds since 1970. */
export type TimeInput = Date | string | number;

/** Which lines are wanted, and how far from them others may stand that are not in order. */
export interface TimeRange {
  /** Inclusive; `-Infinity` when open. */
  readonly fromMs: number;
  /** Exclusive; `Infinity` when open. */
  readonly toMs: number;
  readonly toleranceMs: number;
}

/** @throws FileError `MXL_FILE_READ_INVALID` with what was given and what is taken */
export function timeRange(from: TimeInput | undefined, to: TimeInput | undefined, toleranceMs: number): TimeRange {
  if (Number.isNaN(toleranceMs) || toleranceMs < 0) throw invalid('toleranceMs', toleranceMs, 'a number from 0 on');
  return { fromMs: instant('from', from, -Infinity), toMs: instant('to', to, Infinity), toleranceMs };
}

function instant(name: string, input: TimeInput | undefined, otherwise: number): number {
  if (input === undefined) return otherwise;
  const ms = typeof input === 'string' ? Date.parse(input) : Number(input);
  if (!Number.isNaN(ms)) return ms;
  throw invalid(name, input, "a Date, milliseconds since 1970, or a text such as '2026-11-21T08:00:00Z'");
}

function invalid(name: string, given: unknown, wanted: string): FileError {
  return new FileError('MXL_FILE_READ_INVALID', `${name}: '${String(given)}' is not ${wanted}`);
}

export function isWithin(timeMs: number, { fromMs, toMs }: TimeRange): boolean {
  return timeMs >= fromMs && timeMs < toMs;
}
