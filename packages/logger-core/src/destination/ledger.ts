import { LoggerError } from '../errors';
import { type Failure, type FailureChannel } from '../failure-channel';
import { Counters, type DropReason } from './counters';
import { type QueuedEntry } from './queued-entry';

const OVERFLOW_REPORT_MS = 1000;

/** Keeps a destination's books: counts, tells those who wait for an entry, and reports what went wrong. */
export class Ledger {
  readonly counters = new Counters();
  readonly #name: string;
  readonly #failures: FailureChannel;
  /** Called with entries whose fate is known. */
  onSettled: ((entries: readonly QueuedEntry[]) => void) | undefined;
  #watched = 0;
  #overflowed = 0;

  constructor(name: string, failures: FailureChannel) {
    this.#name = name;
    this.#failures = failures;
  }

  /** Whether somebody waits for an entry that is still pending. */
  get watched(): boolean {
    return this.#watched > 0;
  }

  accept(entry: QueuedEntry): void {
    this.counters.accepted += 1;
    if (entry.watcher !== undefined) this.#watched += 1;
  }

  /** Takes over what an earlier process had accepted, and left in the spool. */
  resume(records: number): void {
    this.counters.accepted += records;
    this.counters.resumed += records;
  }

  /** Entries leave memory for the spool: who waits for one is told that it has not arrived, for it may take days. */
  release(entries: readonly QueuedEntry[]): void {
    this.#tell(entries, 'spooled', undefined);
  }

  deliver(entries: readonly QueuedEntry[]): void {
    if (entries.length === 0) return;
    this.counters.delivered += entries.length;
    this.counters.lastDeliveredAtMs = Date.now();
    this.onSettled?.(entries);
    this.#tell(entries, undefined, undefined);
  }

  /** Counts entries that will not arrive, and reports them. */
  drop(entries: readonly QueuedEntry[], reason: DropReason, error: Error, kind: Failure['kind'] = 'permanent'): void {
    this.counters.drop(reason, entries.length);
    this.counters.lastError = error;
    this.onSettled?.(entries);
    this.#tell(entries, reason, error);
    this.report(kind, error, entries.length);
  }

  /** The same for records that are in memory no more. */
  lose(records: number, reason: DropReason, error: Error): void {
    this.counters.drop(reason, records);
    this.counters.lastError = error;
    this.report('permanent', error, records);
  }

  /** The same for a full queue, which drops one entry at a time: reported once a second, with their number. */
  overflow(entries: readonly QueuedEntry[]): void {
    this.counters.drop('queue_full', entries.length);
    this.#tell(entries, 'queue_full', undefined);
    if (this.#overflowed === 0) setTimeout(() => this.reportOverflow(), OVERFLOW_REPORT_MS).unref();
    this.#overflowed += entries.length;
  }

  reportOverflow(): void {
    const records = this.#overflowed;
    this.#overflowed = 0;
    if (records > 0) this.report('permanent', new LoggerError('MXL_QUEUE_FULL', 'the queue is full'), records);
  }

  retry(entries: readonly QueuedEntry[], error: Error): void {
    this.counters.retries += 1;
    this.counters.lastError = error;
    this.report('temporary', error, entries.length);
  }

  report(kind: Failure['kind'], error: Error, records: number): void {
    this.#failures.report({ kind, destination: this.#name, error, records });
  }

  #tell(entries: readonly QueuedEntry[], reason: DropReason | 'spooled' | undefined, error: Error | undefined): void {
    if (this.#watched === 0) return;
    for (const { watcher } of entries) {
      if (watcher === undefined) continue;
      this.#watched -= 1;
      watcher.settled(this.#name, reason, error);
    }
  }
}
