import { LEVEL_RANKS, type Level } from '../level';
import { type Category } from '../record/log-record';

/** What a record is about when nobody says: told by its level. */
export function categoryOf(level: Level): Category {
  if (level === 'trade') return 'trade';
  return LEVEL_RANKS[level] <= LEVEL_RANKS.error ? 'error' : 'general';
}
