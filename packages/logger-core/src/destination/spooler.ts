import { LoggerError } from '../errors';
import { type BoundedQueue } from './bounded-queue';
import { type Flights } from './flights';
import { type Ledger } from './ledger';
import { type QueuedEntry } from './queued-entry';
import { type DestinationSettings } from './settings';
import { SpoolIndexes } from './spool-indexes';
import { type OpenSpool, type SpooledBody, type SpoolEvents, type SpoolStore } from './spool-store';
import { SpoolReader } from './spool-reader';
import { SpoolWrites } from './spool-writes';

/** What one log call may pay for: so many records are moved to the disk at once. */
const MOVE_RECORDS = 128;
const MOVE_BYTES = 65_536;
/** Which part of the queue's bytes may be on its way to the disk: a hung one leaves the rest. */
const WRITE_PART = 1 / 2;

export interface SpoolerParts {
  readonly settings: DestinationSettings;
  readonly ledger: Ledger;
  readonly open: OpenSpool;
  /** Called when something may go on. */
  readonly wake: () => void;
}

/**
 * Between a destination's queue and its disk. The disk's records are older than the queue's and go first; where the disk
 * holds anything, all that is older and still in memory is on it too. So whatever is left behind at any moment stays in
 * order.
 */
export class Spooler implements SpoolEvents {
  readonly store: SpoolStore;
  readonly #settings: DestinationSettings;
  readonly #ledger: Ledger;
  readonly #wake: () => void;
  readonly #indexes = new SpoolIndexes();
  readonly #createdAtMs = performance.now();
  readonly #writes: SpoolWrites;
  readonly #reader: SpoolReader;
  #written = 0;
  #opened = false;
  #failed = false;
  #askedAtMs: number | undefined;

  constructor({ settings, ledger, open, wake }: SpoolerParts) {
    this.#settings = settings;
    this.#ledger = ledger;
    this.#wake = wake;
    this.store = open(this);
    this.#writes = new SpoolWrites(this.store);
    this.#reader = new SpoolReader({ settings, store: this.store, indexes: this.#indexes });
    ledger.onSettled = (entries) => {
      this.#indexes.remove(entries);
      this.#acknowledge();
    };
  }

  /** Read back, or come back from a try: what goes next. */
  get ready(): BoundedQueue {
    return this.#reader.ready;
  }

  /** Records that only the disk has, and those read back. */
  get pending(): number {
    return this.ready.size + this.#indexes.onDisk;
  }

  /** Bytes that it holds in memory. */
  get bytes(): number {
    return this.ready.bytes + this.#writes.bytes;
  }

  /** Whether all that it was given is on the disk. */
  get saved(): boolean {
    return this.#opened && this.#writes.count === 0 && this.store.idle;
  }

  /** Whether it knows of all that has been delivered. */
  get informed(): boolean {
    return !this.#opened || this.store.idle;
  }

  /** Whether the folder could not be opened so far. */
  get unusable(): boolean {
    return this.#failed && !this.#opened;
  }

  /** Where the next batch has to come from; `wait` while the disk has it. A disk that does not answer is not waited for. */
  source(nowMs: number): 'spool' | 'queue' | 'wait' {
    const { timeoutMs } = this.#settings;
    if (!this.#opened) return this.#failed || nowMs - this.#createdAtMs > timeoutMs ? 'queue' : 'wait';
    this.#reader.readAhead(this.#written);
    if (this.#reader.reading) this.#askedAtMs ??= nowMs;
    if (this.ready.size > 0) return 'spool';
    if (this.#indexes.onDisk === 0) return 'queue';
    return nowMs - (this.#askedAtMs ?? nowMs) > timeoutMs ? 'queue' : 'wait';
  }

  /**
   * Makes room for an entry: the oldest of the queue move to the disk, after what is under way. While the disk is slow, or not
   * open yet, the queue may hold more records than it is told to, never more bytes; false when those are used up.
   */
  admit(entry: QueuedEntry, queue: BoundedQueue, flights: Flights): boolean {
    this.store.poll(0);
    const { maxBytes } = this.#settings.queue;
    if (this.unusable) return false;
    if (this.#opened && this.#writes.bytes < maxBytes * WRITE_PART) {
      this.#keepFlights(flights);
      this.#move(queue.take(MOVE_RECORDS, Math.min(MOVE_BYTES, maxBytes / 4)));
    }
    return queue.bytes + flights.bytes + this.bytes + entry.bytes <= maxBytes;
  }

  /** Moves all that is in memory alone to the disk. */
  save(queue: BoundedQueue, flights: Flights): void {
    if (!this.#opened) return;
    this.#keepFlights(flights);
    // What was sent past a disk that did not answer has no place before what it holds: it goes behind.
    if (flights.all().some((entry) => !this.#indexes.has(entry))) this.#move(this.giveBack(flights.takeAll()));
    while (queue.size > 0) this.#move(queue.take(Infinity, 4 * MOVE_BYTES));
  }

  /** Takes back entries for another try. @returns those that are not its own */
  giveBack(entries: readonly QueuedEntry[]): QueuedEntry[] {
    this.ready.unshift(entries.filter((entry) => this.#indexes.has(entry)));
    return entries.filter((entry) => !this.#indexes.has(entry));
  }

  opened(first: number, next: number): void {
    this.#opened = true;
    this.#indexes.resume(first, next);
    this.#written = next;
    this.#ledger.resume(next - first);
    this.#wake();
  }

  appended(below: number): void {
    this.#written = below;
    this.#writes.written(below);
    this.#answered();
  }

  read(to: number, bodies: readonly SpooledBody[]): void {
    this.#lose(this.#reader.accept(to, bodies), 'spool_damaged');
    this.#answered();
  }

  dropped(below: number): void {
    this.#lose(this.#indexes.readTo(below), 'spool_full');
    this.#answered();
  }

  failed(error: Error): void {
    this.#failed = true;
    this.#ledger.report('temporary', error, this.pending);
    this.#wake();
  }

  /** What is under way goes to the disk before what is moved there, and stays in memory: the copy is for another process. */
  #keepFlights(flights: Flights): void {
    if (flights.records === 0 || this.#indexes.onDisk > 0) return;
    const entries = flights.all().filter((entry) => !this.#indexes.has(entry));
    if (entries.length > 0) this.#append(this.#indexes.stay(entries), entries);
  }

  #move(entries: readonly QueuedEntry[]): void {
    if (entries.length === 0) return;
    this.#append(this.#indexes.leave(entries), entries);
    this.#ledger.release(entries);
  }

  #append(first: number, entries: readonly QueuedEntry[]): void {
    this.#askedAtMs ??= performance.now();
    this.#writes.add(first, entries);
  }

  #answered(): void {
    this.#askedAtMs = this.#writes.count > 0 || this.#reader.reading ? performance.now() : undefined;
    this.#wake();
  }

  #lose(records: number, reason: 'spool_full' | 'spool_damaged'): void {
    if (records <= 0) return;
    const error =
      reason === 'spool_full'
        ? new LoggerError('MXL_SPOOL_FULL', 'the spool is full: its oldest records were dropped')
        : new LoggerError('MXL_SPOOL_DAMAGED', 'records in the spool are damaged');
    this.#ledger.lose(records, reason, error);
    this.#acknowledge();
  }

  #acknowledge(): void {
    const below = this.#indexes.acknowledgement();
    if (below !== undefined) this.store.acknowledge(below);
  }
}
