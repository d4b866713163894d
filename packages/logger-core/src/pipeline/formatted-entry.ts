import { type EntryWatcher, type QueuedEntry } from '../destination/queued-entry';
import { type Formatter } from '../formatters/formatter';
import { LineText } from '../record/line-text';
import { type LineWriter } from '../record/line-writer';
import { type LogRecord } from '../record/log-record';
import { type Snapshot } from '../record/snapshot';

/** A record's text for a destination. The record itself is read from its line again when a transport asks, which few do. */
export class FormattedEntry implements QueuedEntry {
  readonly bytes: number;
  readonly rank: number;
  readonly formatter: Formatter;
  readonly line?: LineText;
  readonly watcher?: EntryWatcher;
  readonly #snapshot: Snapshot;
  #payload: string | undefined;

  /** @param text - the payload; as a line when it has been written as bytes */
  constructor(snapshot: Snapshot, formatter: Formatter, text: string | LineText, watcher: EntryWatcher | undefined) {
    if (text instanceof LineText) {
      this.line = text;
      this.bytes = text.bytes;
    } else {
      this.#payload = text;
      // Throws at what is no text, which somebody's formatter may give.
      this.bytes = Buffer.byteLength(text);
    }
    this.rank = snapshot.rank;
    this.formatter = formatter;
    this.#snapshot = snapshot;
    if (watcher !== undefined) this.watcher = watcher;
  }

  get payload(): string {
    return (this.#payload ??= this.line === undefined ? '' : this.line.toString());
  }

  get record(): LogRecord {
    return this.#snapshot.record;
  }

  get recordLine(): LineText {
    return this.#snapshot.line;
  }

  /** What a winston format made of the record. */
  get text(): string | undefined {
    return this.#snapshot.text;
  }

  /** The same with memory of its own, for a destination that takes few of the records. */
  apart(lines: LineWriter): FormattedEntry {
    const text = this.line === undefined ? this.payload : lines.copy(this.line);
    return new FormattedEntry(this.#snapshot.copy(lines), this.formatter, text, this.watcher);
  }
}
