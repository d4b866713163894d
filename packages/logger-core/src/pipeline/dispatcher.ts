import { type Destination } from '../destination/destination';
import { type EntryWatcher, type QueuedEntry } from '../destination/queued-entry';
import { LoggerError, toError } from '../errors';
import { type FailureChannel } from '../failure-channel';
import { type Formatter } from '../formatters/formatter';
import { json } from '../formatters/json';
import { type LevelGate } from '../logger/level-gates';
import { encodeRecord } from '../record/encode-record';
import { LineDraft } from '../record/line-draft';
import { type LineText } from '../record/line-text';
import { LineWriter } from '../record/line-writer';
import { type Collected } from '../record/line-facts';
import { type Snapshot } from '../record/snapshot';
import { type SnapshotFilter } from './filter';
import { FormattedEntry } from './formatted-entry';

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
  /** What formatters that write lines write with; each has memory of its own, so that its lines lie behind each other. */
  #drafts = new Map<Formatter, LineDraft>();
  /** Whether one of them is being written with: a formatter that logs itself is given its record as an object. */
  #writing = false;
  #collects: Collected = { values: false, marks: false };

  constructor(failures: FailureChannel) {
    this.#failures = failures;
  }

  get routes(): readonly Route[] {
    return this.#routes;
  }

  set routes(routes: readonly Route[]) {
    this.#routes = routes;
    const formatters = new Set(routes.map(({ formatter }) => formatter).filter((formatter) => formatter !== json));
    const writing = [...formatters].filter(({ write }) => write !== undefined);
    this.#drafts = new Map(writing.map((one) => [one, this.#drafts.get(one) ?? new LineDraft(new LineWriter())]));
    // Whoever filters is likely to ask for the record, too.
    const filters = routes.some(({ filter }) => filter !== undefined);
    this.#collects = {
      values: formatters.size > writing.length || (filters && formatters.size > 0),
      marks: writing.length > 0,
    };
  }

  /** What snapshots will be asked for. */
  get collects(): Collected {
    return this.#collects;
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
    if (formatter === json) return new FormattedEntry(snapshot, formatter, snapshot.line, watcher);
    try {
      const text = this.#written(formatter, snapshot) ?? formatter(snapshot.record);
      return new FormattedEntry(snapshot, formatter, text, watcher);
    } catch (thrown) {
      // Better the plain record than none: a formatter decides how a record looks, not whether it is kept.
      this.#report('MXL_FORMATTER_THREW', destination, thrown);
      const record = { ...snapshot.record, formatError: toError(thrown).message };
      return new FormattedEntry(snapshot, formatter, encodeRecord(record), watcher);
    }
  }

  /** What the formatter itself writes of the record's line; undefined when it is to be given the record. */
  #written(formatter: Formatter, snapshot: Snapshot): LineText | undefined {
    const draft = this.#drafts.get(formatter);
    if (draft === undefined || this.#writing || !draft.begin(snapshot)) return undefined;
    this.#writing = true;
    try {
      formatter.write?.(draft);
      return draft.stale ? undefined : draft.end();
    } catch (thrown) {
      if (!draft.stale) throw thrown;
      return undefined;
    } finally {
      this.#writing = false;
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
