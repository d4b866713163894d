import { LEVEL_RANKS, type Level } from '@metaexpert/logger-core';
import { clockTime } from './alert-text';

/** When nobody is to be woken; what comes then is told together at the end. */
export interface QuietHours {
  /** `22:00` */
  from: string;
  /** `07:00`; before `from` it is on the next day. */
  to: string;
  /** IANA name. @default 'UTC' */
  timeZone?: string;
  /** This level or worse is told all the same. @default 'critical' */
  exceptLevel?: Level;
}

/** Whether a problem of this level has to wait. */
export function isQuiet(quiet: QuietHours | undefined, level: Level, nowMs: number): boolean {
  if (quiet === undefined) return false;
  const { from, to, timeZone = 'UTC', exceptLevel = 'critical' } = quiet;
  if (LEVEL_RANKS[level] <= LEVEL_RANKS[exceptLevel]) return false;
  const now = clockTime(nowMs, timeZone);
  return from <= to ? from <= now && now < to : from <= now || now < to;
}
