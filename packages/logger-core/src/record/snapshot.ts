import { type QueuedEntry } from '../destination/queued-entry';
import { freshRecord, hasFields } from './fresh-record';
import { type LineFacts } from './line-facts';
import { type Category, type LogRecord } from './log-record';
import { type LineText } from './line-text';
import { type LineWriter } from './line-writer';
import { readRecord, type RecordFacts } from './read-record';

/** What a dispatcher needs to know of a record without reading its text. */
export interface SnapshotMeta extends RecordFacts {
  readonly time: number;
  readonly category: Category;
  readonly logger: string;
  /** Only where somebody will ask for the record. */
  readonly facts?: LineFacts | undefined;
}

/**
 * A record, taken at the call as its own JSON line. The line is the snapshot: nothing the caller does later can
 * change it, its size is its memory, and the `json` formatter has nothing left to do. The object that
 * processors, filters and formatters see is read back from it when somebody asks.
 */
export class Snapshot implements QueuedEntry {
  readonly line: LineText;
  readonly bytes: number;
  readonly time: number;
  readonly rank: number;
  readonly category: Category;
  readonly logger: string;
  readonly text: string | undefined;
  #facts: LineFacts | undefined;
  #payload: string | undefined;
  #record: LogRecord | undefined;

  constructor(line: LineText, meta: SnapshotMeta) {
    this.line = line;
    this.bytes = line.bytes;
    this.time = meta.time;
    this.rank = meta.rank;
    this.category = meta.category;
    this.logger = meta.logger;
    this.text = meta.text;
    this.#facts = meta.facts;
  }

  get payload(): string {
    return (this.#payload ??= this.line.toString());
  }

  /** Whether the line says all of the record: no winston format has made a text of it. */
  get isLine(): boolean {
    return this.text === undefined;
  }

  /** The same record with another line. */
  withLine(text: string, lines: LineWriter): Snapshot {
    const { time, rank, category, logger } = this;
    lines.begin();
    lines.text(text);
    return new Snapshot(lines.end(), { time, rank, category, logger });
  }

  /** The same in other memory, so that who keeps it does not keep its neighbours. */
  copy(lines: LineWriter): Snapshot {
    return new Snapshot(lines.copy(this.line), this);
  }

  get record(): LogRecord {
    return (this.#record ??= hasFields(this.#facts) ? freshRecord(this, this.#facts) : readRecord(this.payload, this));
  }

  /** What was seen while the line was written; undefined once it is forgotten, or holds no more. */
  get facts(): LineFacts | undefined {
    return this.#facts;
  }

  /** Forgets what can be made again from the line: it need not live for as long as the record is queued. */
  release(): void {
    this.#payload = undefined;
    this.#record = undefined;
    this.#facts = undefined;
  }
}
