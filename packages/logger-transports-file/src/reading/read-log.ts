import { type FilterOptions } from '@metaexpert/logger-core';
import { KeyRing } from '../encryption/key-ring';
import { type KeySource } from '../encryption/key-source';
import { FileError } from '../errors';
import { FileTimes } from './file-times';
import { findSeries } from './find-series';
import { type LogLine, type StoredRecord } from './log-line';
import { followAll } from './follow-all';
import { type LineSource, mergeSeries } from './merge-series';
import { openStored } from './open-stored';
import { type ReadContext } from './read-context';
import { recordFilter, type RecordPredicate } from './record-filter';
import { backwardSource, forwardSource } from './series-source';
import { type StoredBytes } from './stored-bytes';
import { type TimeInput, timeRange } from './time-range';

/** Which records are read, and how. */
export interface ReadLogOptions {
  /** The first instant wanted: a Date, milliseconds since 1970, or what `Date.parse` reads. @default the beginning */
  from?: TimeInput;
  /** The first instant no longer wanted. @default the end */
  to?: TimeInput;
  /** As a destination's `filter`, or a function. Lines that are no records do not pass one. */
  filter?: FilterOptions | RecordPredicate;
  /** The youngest first. @default false */
  reverse?: boolean;
  /**
   * How far lines may stand from where their times belong: writers that share a file, a clock that was set. A search by time reads
   * that much before and behind; more, where a clock jumped further. @default 10,000
   */
  toleranceMs?: number;
  /**
   * Called with a file that is damaged; what can be read before the damage has been read, and the next file follows. Without it the
   * reading ends with that error.
   */
  onDamage?: (error: FileError) => void;
  /**
   * Go on with what is written from then on, through rotations, and with new files that the paths name; ends by `signal` alone.
   * @default false
   */
  follow?: boolean;
  /** Where the keys of encrypted files come from; a callback is asked once for each key id. */
  key?: KeySource;
  /** Ends the reading, without an error. */
  signal?: AbortSignal;
}

/**
 * Reads records back, in order, from live, rotated, compressed and archived files. Series (a live file with what was
 * put aside from it) are merged by time. With a range the files are searched, not read through: a file that cannot
 * hold it is not opened, and a plain one is bisected. Lines that are no records are left out: {@link readLogLines}
 * has them.
 *
 * @param paths - live files (each with what was put aside from it), single files put aside, folders, names with
 * `%DATE%` or `%PID%`, wildcards
 * @throws FileError `MXL_FILE_READ_INVALID` at once; `MXL_FILE_NOT_FOUND`, `MXL_FILE_DAMAGED`, `MXL_FILE_UNREADABLE`,
 * `MXL_FILE_KEY_WRONG`, `MXL_FILE_KEY_UNUSABLE` while reading
 * @example
 * for await (const record of readLog('logs/app.log', { from: '2026-11-21T08:00:00Z', filter: { minLevel: 'error' } })) {
 *   console.log(record.timestamp, record.message);
 * }
 */
export function readLog(
  paths: string | readonly string[],
  options: ReadLogOptions = {},
): AsyncGenerator<StoredRecord, void, undefined> {
  return recordsOf(readLogLines(paths, options));
}

/** Like {@link readLog}, but every line with its file and offset, also those that are no records. */
export function readLogLines(
  paths: string | readonly string[],
  {
    from,
    to,
    filter,
    reverse = false,
    toleranceMs = 10_000,
    onDamage,
    follow = false,
    signal,
    key,
  }: ReadLogOptions = {},
): AsyncGenerator<LogLine, void, undefined> {
  const range = timeRange(from, to, toleranceMs);
  if (follow && reverse) throw new FileError('MXL_FILE_READ_INVALID', 'follow: new lines have no reverse order');
  const keys = new KeyRing(key);
  const open = (path: string): Promise<StoredBytes> => openStored(path, keys);
  const context: ReadContext = { range, open, times: new FileTimes(open), onDamage };
  const list = [paths].flat();
  const batches = follow ? followAll(list, context, signal) : readAll(list, context, reverse);
  return linesOf(batches, recordFilter(filter), signal);
}

async function* recordsOf(lines: AsyncIterable<LogLine>): AsyncGenerator<StoredRecord, void, undefined> {
  for await (const { record } of lines) if (record !== undefined) yield record;
}

async function* linesOf(
  batches: AsyncIterable<LogLine[]>,
  passes: RecordPredicate | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogLine, void, undefined> {
  for await (const lines of batches) {
    for (const line of lines) {
      if (signal?.aborted === true) return;
      if (passes === undefined || (line.record !== undefined && passes(line.record))) yield line;
    }
  }
}

async function* readAll(paths: readonly string[], context: ReadContext, reverse: boolean): AsyncGenerator<LogLine[]> {
  const sources: LineSource[] = [];
  // One after the other: each takes a descriptor for a moment.
  for (const series of await findSeries(paths)) {
    sources.push(reverse ? await backwardSource(series, context) : await forwardSource(series, context));
  }
  yield* mergeSeries(sources, reverse);
}
