import { type EntryWatcher } from '../destination/queued-entry';
import { LoggerError, toError } from '../errors';
import { type FailureChannel } from '../failure-channel';
import { type LevelGate } from '../logger/level-gates';
import { snapshotRecord } from '../record/encode-record';
import { type KeyTable } from '../record/key-table';
import { LineWriter } from '../record/line-writer';
import { type LogRecord } from '../record/log-record';
import { type Snapshot } from '../record/snapshot';
import { type Dispatcher } from './dispatcher';
import { type Processor } from './processor';
import { requireRecord } from './require-record';

/** Log calls inside of log calls (from getters, processors, formatters) are served to this depth. */
const MAX_DEPTH = 8;

export interface PipelineParts {
  readonly dispatcher: Dispatcher;
  readonly failures: FailureChannel;
  readonly keys: KeyTable;
}

/** From a snapshot to the destinations: processors first, which fail closed, then the dispatcher. Never throws. */
export class Pipeline {
  readonly dispatcher: Dispatcher;
  readonly #failures: FailureChannel;
  #keys: KeyTable;
  #processors: readonly Processor[] = [];
  /** Memory for the lines that processors write. */
  readonly #lines = new LineWriter();
  #depth = 0;

  constructor({ dispatcher, failures, keys }: PipelineParts) {
    this.dispatcher = dispatcher;
    this.#failures = failures;
    this.#keys = keys;
  }

  configure(processors: readonly Processor[], keys: KeyTable): void {
    this.#processors = processors;
    this.#keys = keys;
  }

  /** Whether there are processors, which want records. */
  get processes(): boolean {
    return this.#processors.length > 0;
  }

  /** Whether a record is on its way through. */
  get busy(): boolean {
    return this.#depth > 0;
  }

  /**
   * @param gate - of the logger that made the record
   * @param from - index of the first processor it still has to pass
   * @returns false when a processor dropped or withheld it
   */
  pass(snapshot: Snapshot, gate: LevelGate, watcher?: EntryWatcher, from = 0): boolean {
    if (this.#depth >= MAX_DEPTH) {
      this.#report(new LoggerError('MXL_RECURSION', 'a log call within a log call within …: record dropped'));
      return false;
    }
    this.#depth += 1;
    try {
      const processed = this.#processors.length === 0 ? snapshot : this.#process(snapshot, from);
      if (processed === undefined) return false;
      this.dispatcher.dispatch(processed, gate, watcher);
      return true;
    } catch (thrown) {
      this.#report(toError(thrown));
      // Some destination may have it.
      return true;
    } finally {
      this.#depth -= 1;
    }
  }

  #process(given: Snapshot, from: number): Snapshot | undefined {
    let snapshot = given;
    let record: LogRecord | undefined;
    for (const processor of from === 0 ? this.#processors : this.#processors.slice(from)) {
      try {
        if (processor.line !== undefined && record === undefined && snapshot.isLine) {
          if (processor.keeps?.(snapshot.line) === true) continue;
          // Not the payload, which would stay with the record for as long as it is queued.
          const text = snapshot.line.toString();
          const line = processor.line(text);
          if (line !== text) snapshot = snapshot.withLine(line, this.#lines);
          continue;
        }
        const before = record ?? snapshot.record;
        const after = processor(before);
        record = after === before || after === undefined ? after : requireRecord(after);
      } catch (thrown) {
        const error = toError(thrown);
        this.#report(new LoggerError('MXL_PROCESSOR_THREW', `record withheld: ${error.message}`, error));
        return undefined;
      }
      if (record === undefined) return undefined;
      // Unchanged: the line still says what the record is.
      if (record === snapshot.record) record = undefined;
    }
    return record === undefined ? snapshot : snapshotRecord(record, this.#keys);
  }

  #report(error: Error): void {
    this.#failures.report({ kind: 'permanent', destination: 'pipeline', error, records: 1 });
  }
}
