import { type Destination } from '../destination/destination';
import { type EntryWatcher, type QueuedEntry } from '../destination/queued-entry';
import { LoggerError, toError } from '../errors';
import { type FailureChannel } from '../failure-channel';
import { type Formatter } from '../formatters/formatter';
import { json } from '../formatters/json';
import { type LevelGate } from '../logger/level-gates';
import { encodeRecord } from '../record/encode-record';
import { type LineWriter } from '../record/line-writer';
import { type LogRecord } from '../record/log-record';
import { type Snapshot } from '../record/snapshot';
import { type SnapshotFilter } from './filter';

/** A destination and which records it takes, in which form. */
export interface Route {
  readonly destination: Destination;
  /** Rank of the destination's own level; undefined when the logger's level decides. */
  readonly rank: number | undefined;
  readonly filter: SnapshotFilter | undefined;
  readonly formatter: Formatter;
  /** Memory of its own, for a destination that takes few of the records: what it keeps would keep their neighbours. */
  readonly lines: LineWriter;
}

/** Hands a snapshot to every destination that wants it, formatted once per distinct formatter. */
export class Dispatcher {
  readonly #failures: FailureChannel;
  #routes: readonly Route[] = [];
  #formats = false;

  constructor(failures: FailureChannel) {
    this.#failures = failures;
  }

  get routes(): readonly Route[] {
    return this.#routes;
  }

  set routes(routes: readonly Route[]) {
    this.#routes = routes;
    this.#formats = routes.some(({ formatter }) => formatter !== json);
  }

  /** Whether snapshots will be asked for their records. */
  get formats(): boolean {
    return this.#formats;
  }

  /** @param gate - of the logger that made the record */
  dispatch(snapshot: Snapshot, gate: LevelGate, watcher?: EntryWatcher): void {
    let formatted: FormattedEntry[] | undefined;
    const routes = this.#routes;
    for (let i = 0; i < routes.length; i++) {
      const route = routes[i] as Route;
      const rank = route.rank ?? gate.levelRank;
      if (snapshot.rank > rank) continue;
      if (route.filter !== undefined && !this.#passes(route, snapshot)) continue;
      const takesAll = route.filter === undefined && rank >= gate.rank;
      if (route.formatter === json && watcher === undefined) {
        route.destination.offer(takesAll ? snapshot : snapshot.copy(route.lines));
        continue;
      }
      let entry = formatted?.find(({ formatter }) => formatter === route.formatter);
      if (entry === undefined) {
        entry = this.#format(route.formatter, route.destination.name, snapshot, watcher);
        (formatted ??= []).push(entry);
      }
      route.destination.offer(takesAll ? entry : entry.apart(route.lines));
    }
    if (formatted !== undefined) snapshot.release();
  }

  /** The destinations that take this snapshot. */
  takers(snapshot: Snapshot, { levelRank }: LevelGate): Destination[] {
    return this.#routes
      .filter((route) => snapshot.rank <= (route.rank ?? levelRank) && this.#passes(route, snapshot))
      .map(({ destination }) => destination);
  }

  /** One entry for one destination alone: its own notices. */
  format(formatter: Formatter, snapshot: Snapshot, destination: string): QueuedEntry {
    return this.#format(formatter, destination, snapshot, undefined);
  }

  #format(
    formatter: Formatter,
    destination: string,
    snapshot: Snapshot,
    watcher: EntryWatcher | undefined,
  ): FormattedEntry {
    if (formatter === json) return new FormattedEntry(snapshot, formatter, snapshot.payload, watcher);
    try {
      return new FormattedEntry(snapshot, formatter, formatter(snapshot.record), watcher);
    } catch (thrown) {
      // Better the plain record than none: a formatter decides how a record looks, not whether it is kept.
      this.#report('MXL_FORMATTER_THREW', destination, thrown);
      const record = { ...snapshot.record, formatError: toError(thrown).message };
      return new FormattedEntry(snapshot, formatter, encodeRecord(record), watcher);
    }
  }

  #passes({ filter, destination }: Route, snapshot: Snapshot): boolean {
    try {
      return filter === undefined || filter(snapshot);
    } catch (thrown) {
      this.#report('MXL_FILTER_THREW', destination.name, thrown);
      return true;
    }
  }

  #report(code: 'MXL_FORMATTER_THREW' | 'MXL_FILTER_THREW', destination: string, thrown: unknown): void {
    const error = toError(thrown);
    this.#failures.report({
      kind: 'temporary',
      destination,
      error: new LoggerError(code, error.message, error),
      records: 1,
    });
  }
}

/** A record's text for a destination. The record itself is read from its line again when a transport asks, which few do. */
class FormattedEntry implements QueuedEntry {
  readonly payload: string;
  readonly bytes: number;
  readonly rank: number;
  readonly formatter: Formatter;
  readonly watcher?: EntryWatcher;
  readonly #snapshot: Snapshot;

  constructor(snapshot: Snapshot, formatter: Formatter, payload: string, watcher: EntryWatcher | undefined) {
    this.payload = payload;
    this.bytes = formatter === json ? snapshot.bytes : Buffer.byteLength(payload);
    this.rank = snapshot.rank;
    this.formatter = formatter;
    this.#snapshot = snapshot;
    if (watcher !== undefined) this.watcher = watcher;
  }

  get record(): LogRecord {
    return this.#snapshot.record;
  }

  /** The same with memory of its own, for a destination that takes few of the records. */
  apart(lines: LineWriter): FormattedEntry {
    return new FormattedEntry(this.#snapshot.copy(lines), this.formatter, this.payload, this.watcher);
  }
}
