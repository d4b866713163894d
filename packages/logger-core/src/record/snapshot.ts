import { MESSAGE } from 'triple-beam';
import { type QueuedEntry } from '../destination/queued-entry';
import { LEVELS } from '../level';
import { type Category, type ErrorRecord, type Fields, type LogRecord } from './log-record';
import { type LineText } from './line-text';
import { type LineWriter } from './line-writer';
import { isReservedKey } from './reserved-keys';
import { restoreReserved } from './field-layer';

/** What a dispatcher needs to know of a record without reading its text. */
export interface SnapshotMeta {
  readonly time: number;
  readonly rank: number;
  readonly category: Category;
  readonly logger: string;
  /** What a winston format made of it. */
  readonly text?: string | undefined;
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
  readonly #text: string | undefined;
  #payload: string | undefined;
  #record: LogRecord | undefined;

  constructor(line: LineText, meta: SnapshotMeta) {
    this.line = line;
    this.bytes = line.bytes;
    this.time = meta.time;
    this.rank = meta.rank;
    this.category = meta.category;
    this.logger = meta.logger;
    this.#text = meta.text;
  }

  get payload(): string {
    return (this.#payload ??= this.line.toString());
  }

  /** Whether the line says all of the record: no winston format has made a text of it. */
  get isLine(): boolean {
    return this.#text === undefined;
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
    const { time, rank, category, logger } = this;
    return new Snapshot(lines.copy(this.line), { time, rank, category, logger, text: this.#text });
  }

  get record(): LogRecord {
    return (this.#record ??= this.#read());
  }

  #read(): LogRecord {
    const parsed = JSON.parse(this.payload) as Fields;
    const own: Fields = {};
    // Null prototype: a field called `__proto__` is a field like any other.
    const fields = Object.create(null) as Fields;
    for (const key of Object.keys(parsed)) (isReservedKey(key) ? own : fields)[key] = parsed[key];
    return Object.freeze({
      ...(own as unknown as Omit<LogRecord, 'time' | 'fields' | 'error'>),
      ...(own['error'] === undefined ? {} : { error: own['error'] as ErrorRecord }),
      level: LEVELS[this.rank] ?? 'info',
      time: this.time,
      ...(this.#text === undefined ? {} : { [MESSAGE]: this.#text }),
      fields: Object.freeze(restoreReserved(fields)),
    });
  }
}
