import { type FilterOptions, type Level, LEVEL_RANKS } from '@metaexpert/logger-core';
import { type StoredRecord } from './log-line';

export type RecordPredicate = (record: StoredRecord) => boolean;

/** What a destination's `filter` means, for records that were read back. */
export function recordFilter(filter: FilterOptions | RecordPredicate | undefined): RecordPredicate | undefined {
  if (filter === undefined || typeof filter === 'function') return filter;
  const { category, logger, minLevel, match = {} } = filter;
  const categories = category === undefined ? undefined : new Set<unknown>([category].flat());
  const wanted = Object.entries(match);
  return (record) =>
    (categories === undefined || categories.has(record.category)) &&
    (logger === undefined || record.logger === logger || record.logger?.startsWith(`${logger}.`) === true) &&
    (minLevel === undefined || rankOf(record.level) <= LEVEL_RANKS[minLevel]) &&
    wanted.every(([key, value]) => Object.is(record[key], value));
}

function rankOf(level: Level | undefined): number {
  return (level === undefined ? undefined : LEVEL_RANKS[level]) ?? Infinity;
}
