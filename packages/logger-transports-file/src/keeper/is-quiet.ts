/**
 * How long nobody may have written to a file before it is touched that others may still have open. A writer looks
 * four times a second whether its file is still under its name, before a write: this is four times that.
 */
export const QUIET_MS = 1000;

/** Whether a file has not been written to lately. Also when its time lies far ahead: a clock was corrected. */
export function isQuiet({ modifiedMs }: { readonly modifiedMs: number }, nowMs: number): boolean {
  return Math.abs(nowMs - modifiedMs) > QUIET_MS;
}
