import { LoggerError } from '../errors';
import { type WriteResult } from '../transport/transport';
import { Attempts } from './attempts';
import { BoundedQueue } from './bounded-queue';
import { type Carrier } from './carrier';
import { type Flight, Flights } from './flights';
import { type Ledger } from './ledger';
import { type QueuedEntry } from './queued-entry';
import { HeldWithSpool } from './held-with-spool';
import { type Held } from './overflow';
import { pick } from './pick';
import { type DestinationSettings } from './settings';
import { type Spooler } from './spooler';
import { Wakeup } from './wakeup';

export interface DrainParts {
  readonly settings: DestinationSettings;
  readonly carrier: Carrier;
  readonly ledger: Ledger;
  readonly spooler: Spooler | undefined;
  /** Called after every batch that has settled. */
  readonly settled: () => void;
}

/** From the queue to the transport and back: batches, what may go when, and what its answer means. */
export class Drain {
  readonly queue = new BoundedQueue();
  readonly flights = new Flights();
  readonly attempts: Attempts;
  readonly carrier: Carrier;
  readonly spooler: Spooler | undefined;
  /** What is held in memory beside the queue. */
  readonly held: Held;
  readonly wakeup = new Wakeup(() => this.#wake());
  readonly #settings: DestinationSettings;
  readonly #ledger: Ledger;
  readonly #settled: () => void;
  #source = this.queue;
  #draining = false;
  #resting = false;
  #stopped = false;

  constructor({ settings, carrier, ledger, spooler, settled }: DrainParts) {
    this.#settings = settings;
    this.carrier = carrier;
    this.#ledger = ledger;
    this.spooler = spooler;
    this.held = spooler === undefined ? this.flights : new HeldWithSpool(this.flights, spooler);
    this.#settled = settled;
    this.attempts = new Attempts(settings, performance.now());
  }

  /** Records that are neither delivered nor dropped. */
  get pending(): number {
    return this.inMemory + (this.spooler?.pending ?? 0);
  }

  /** Of them, those queued or under way. */
  get inMemory(): number {
    return this.queue.size + this.flights.records;
  }

  /** Whether nothing can be sent before a timer brings the next run. */
  get resting(): boolean {
    return this.#resting;
  }

  /** Sends what may be sent. @param all - also a batch that is not full yet */
  run(all: boolean): void {
    // A direct transport may settle inside submit(): the loop below goes on then, it is not entered again.
    if (this.#draining || this.#stopped) return;
    this.#draining = true;
    this.#resting = false;
    const { batch } = this.#settings;
    while (this.#hasBatch(all) && this.#hasSlot()) {
      const now = performance.now();
      const wait = this.attempts.waitMs(now);
      if (wait > 0) {
        // A direct transport may be well again before the event loop turns.
        this.#resting = !this.carrier.direct;
        this.wakeup.after(wait);
        break;
      }
      const records = Math.min(batch.maxRecords, this.attempts.allowance(now));
      if (!this.#launch(this.#source.take(records, batch.maxBytes))) break;
    }
    this.#draining = false;
  }

  /** Something that was waited for has come. */
  goOn(): void {
    this.wakeup.cancel();
    this.run(true);
  }

  /** Sends no more: the transport is about to be closed. What is under way may still settle. */
  stop(): void {
    this.#stopped = true;
    this.wakeup.cancel();
  }

  /**
   * The time of a batch is over. Where records came, more will: the next timer is set here and not by the call that
   * brings the first of them, which would take ten times as long as its neighbours.
   */
  #wake(): void {
    const busy = this.queue.size > 0;
    this.run(true);
    if (busy && !this.#stopped && !this.wakeup.armed) this.wakeup.after(this.#settings.batch.maxDelayMs);
  }

  #hasBatch(all: boolean): boolean {
    const { maxRecords, maxBytes } = this.#settings.batch;
    this.#source = this.queue;
    const source = this.spooler?.source(performance.now());
    if (source === 'spool') {
      this.#source = (this.spooler as Spooler).ready;
      return true;
    }
    if (source === 'wait') {
      this.wakeup.after(this.#settings.timeoutMs);
      return false;
    }
    return all ? this.queue.size > 0 : this.queue.size >= maxRecords || this.queue.bytes >= maxBytes;
  }

  #hasSlot(): boolean {
    const slots = this.attempts.probing ? 1 : this.carrier.maxInFlight;
    if (this.flights.count >= slots) this.carrier.poll(0);
    return this.flights.count < slots && !this.flights.hasReturned;
  }

  #launch(batch: QueuedEntry[]): boolean {
    const flight = this.flights.start(batch);
    const durable = this.#ledger.watched || this.#settings.delivery === 'audit';
    if (this.carrier.submit(batch, (result) => this.#settle(flight, result), durable)) {
      this.attempts.sent(batch.length);
      return true;
    }
    this.flights.land(flight);
    this.#giveBack(batch);
    return false;
  }

  #settle(flight: Flight, result: WriteResult): void {
    if (!this.flights.land(flight)) return;
    const { batch } = flight;
    if (result.status === 'delivered') {
      this.#ledger.deliver(batch);
      this.attempts.succeeded();
    } else if (result.status === 'partial') {
      this.#ledger.deliver(pick(batch, result.delivered));
      this.#refuse(pick(batch, result.rejected), result.error);
      // Without an error there was no failure: the rest just goes again, now.
      if (result.error === undefined) this.flights.giveBack(pick(batch, result.retry));
      else this.#retry(pick(batch, result.retry), result.error, undefined);
      if (result.error === undefined && result.rejected.length === 0) this.attempts.succeeded();
    } else if (result.status === 'rejected') this.#refuse(batch, result.error);
    else this.#retry(batch, result.error, result.afterMs);
    this.#afterSettle();
  }

  #giveBack(batch: readonly QueuedEntry[]): void {
    this.queue.unshift(this.spooler === undefined ? batch : this.spooler.giveBack(batch));
  }

  #refuse(entries: readonly QueuedEntry[], error = new Error('rejected')): void {
    if (entries.length === 0) return;
    this.attempts.refused();
    this.#ledger.drop(entries, 'rejected', error);
  }

  #retry(entries: readonly QueuedEntry[], error = new Error('not accepted'), afterMs: number | undefined): void {
    if (entries.length === 0) return;
    // Batches behind the one that failed come back too; they are not failures of their own.
    if (!this.flights.hasReturned) {
      this.attempts.failed(performance.now(), afterMs, Math.random());
      this.#ledger.retry(entries, error);
    }
    this.flights.giveBack(entries);
  }

  #afterSettle(): void {
    if (this.flights.hasReturned && this.flights.count === 0) {
      const returned = this.flights.takeReturned();
      if (this.attempts.exhausted(performance.now())) {
        const error = this.#ledger.counters.lastError;
        this.#ledger.drop(
          returned,
          'retry_exhausted',
          new LoggerError('MXL_RETRY_EXHAUSTED', 'given up', error),
          'final',
        );
      } else this.#giveBack(returned);
    }
    this.#settled();
    if (this.queue.size + (this.spooler?.pending ?? 0) > 0 && !this.#stopped) this.wakeup.after(0);
  }
}
