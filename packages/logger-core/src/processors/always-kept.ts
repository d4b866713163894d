import { LEVEL_RANKS, type Level } from '../level';
import { type LogRecord } from '../record/log-record';

/**
 * Which records a thinning processor lets pass untouched: trades, audit records (`log.audit` waits for them), and those
 * of a level and worse.
 */
export function alwaysKept(level: Level): (record: LogRecord) => boolean {
  const rank = LEVEL_RANKS[level];
  return ({ category, level: own }) => category === 'audit' || category === 'trade' || LEVEL_RANKS[own] <= rank;
}
