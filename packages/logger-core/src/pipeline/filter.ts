import { LEVEL_RANKS, type Level } from '../level';
import { type Category, type LogRecord } from '../record/log-record';
import { type Snapshot } from '../record/snapshot';

/** Which records a destination takes, as plain configuration. All that is given must hold. */
export interface FilterOptions {
  category?: Category | Category[];
  /** A logger's name; its dotted children match too. */
  logger?: string;
  /** Records of this level and worse. */
  minLevel?: Level;
  /** Fields (or `level`, `message`, …) that must equal these values; of an object, the keys that are given. */
  match?: Record<string, unknown>;
}

export type FilterPredicate = (record: LogRecord) => boolean;

/** A filter over snapshots: what can be told without reading the record back is. */
export type SnapshotFilter = (snapshot: Snapshot) => boolean;

export function compileFilter(filter: FilterOptions | FilterPredicate | undefined): SnapshotFilter | undefined {
  if (filter === undefined) return undefined;
  if (typeof filter === 'function') return (snapshot) => filter(snapshot.record);
  const tests: SnapshotFilter[] = [];
  const { category, logger, minLevel, match } = filter;
  if (category !== undefined) {
    const wanted = new Set([category].flat());
    tests.push((snapshot) => wanted.has(snapshot.category));
  }
  if (logger !== undefined) {
    tests.push(({ logger: name }) => name === logger || name.startsWith(logger + '.'));
  }
  if (minLevel !== undefined) {
    const rank = LEVEL_RANKS[minLevel];
    tests.push((snapshot) => snapshot.rank <= rank);
  }
  if (match !== undefined) {
    const wanted = Object.entries(match);
    tests.push(({ record }) => wanted.every(([key, value]) => matches(valueOf(record, key), value)));
  }
  const [first, ...rest] = tests;
  if (first === undefined) return undefined;
  return rest.length === 0 ? first : (snapshot) => tests.every((test) => test(snapshot));
}

function valueOf(record: LogRecord, key: string): unknown {
  return Object.hasOwn(record.fields, key) ? record.fields[key] : (record as unknown as Record<string, unknown>)[key];
}

function matches(given: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return Object.is(given, wanted);
  if (typeof given !== 'object' || given === null || Array.isArray(given) !== Array.isArray(wanted)) return false;
  if (Array.isArray(wanted) && wanted.length !== (given as unknown[]).length) return false;
  return Object.entries(wanted).every(([key, value]) => matches((given as Record<string, unknown>)[key], value));
}
