import { LoggerError, toError } from '../errors';
import { type FailureChannel } from '../failure-channel';
import { closeTransport, type Transport } from '../transport/transport';
import { createCarrier } from './carrier';
import { Drain } from './drain';
import { type DestinationHealth } from './health';
import { Ledger } from './ledger';
import { fits, makeRoom } from './overflow';
import { type QueuedEntry } from './queued-entry';
import { type DestinationReceipt } from './receipt';
import { type DestinationSettings } from './settings';
import { sleep } from './sleep';

export interface DestinationParts {
  readonly settings: DestinationSettings;
  readonly transport: Transport;
  readonly failures: FailureChannel;
  /** Makes the entry of the destination's own notice, formatted as its other records are. */
  readonly notice: (text: string) => QueuedEntry;
}

/**
 * A transport with its own queue, retry, breaker and counters. Takes entries without ever throwing or waiting,
 * and lives and dies without touching its siblings.
 */
export class Destination {
  readonly settings: DestinationSettings;
  readonly transport: Transport;
  readonly #notice: (text: string) => QueuedEntry;
  readonly #ledger: Ledger;
  readonly #drain: Drain;
  #waiters: (() => void)[] = [];
  #closed = false;

  constructor({ settings, transport, failures, notice }: DestinationParts) {
    this.settings = settings;
    this.transport = transport;
    this.#notice = notice;
    this.#ledger = new Ledger(settings.name, failures);
    const carrier = createCarrier(transport, settings.timeoutMs);
    this.#drain = new Drain({ settings, carrier, ledger: this.#ledger, settled: () => this.#settled() });
  }

  get name(): string {
    return this.settings.name;
  }

  /** Records accepted that are neither delivered nor dropped. */
  get pending(): number {
    return this.#drain.pending;
  }

  /** Whether as many records are pending as may be. */
  get full(): boolean {
    return this.pending >= this.settings.queue.maxRecords;
  }

  /** Takes one entry. */
  offer(entry: QueuedEntry): void {
    this.#ledger.accept(entry);
    if (this.#closed) {
      this.#ledger.drop([entry], 'closed', new LoggerError('MXL_CLOSED', 'the logger is closed'));
      return;
    }
    if (!fits(this.#drain.queue, entry, this.settings.queue, this.#drain.flights) && !this.#makeRoom(entry)) return;
    this.#drain.queue.push(entry);
    if (this.#drain.resting) return;
    const { batch } = this.settings;
    if (this.#drain.queue.size >= batch.maxRecords || this.#drain.queue.bytes >= batch.maxBytes) this.#drain.run(false);
    else if (!this.#drain.wakeup.armed) this.#drain.wakeup.after(batch.maxDelayMs);
  }

  health(): DestinationHealth {
    this.#drain.carrier.poll(0);
    const { accepted, delivered, dropped, retries, lastError, lastDeliveredAtMs } = this.#ledger.counters;
    return {
      name: this.name,
      type: this.settings.type,
      state: this.#closed ? 'closed' : this.#drain.attempts.state(performance.now()),
      queued: this.pending,
      queuedBytes: this.#drain.queue.bytes + this.#drain.flights.bytes,
      accepted,
      delivered,
      dropped,
      retries,
      ...(lastError && { lastError }),
      ...(lastDeliveredAtMs !== undefined && { lastDeliveredAt: new Date(lastDeliveredAtMs).toISOString() }),
    };
  }

  receipt(): DestinationReceipt {
    const { accepted, delivered, droppedTotal } = this.#ledger.counters;
    return { name: this.name, accepted, delivered, dropped: droppedTotal, pending: this.pending };
  }

  /** Delivers what has been accepted so far, or as much of it as the time allows. */
  async flush(timeoutMs: number): Promise<void> {
    const { counters } = this.#ledger;
    const [target, end] = [counters.accepted, performance.now() + timeoutMs];
    this.#drain.attempts.hurry(performance.now());
    this.#drain.run(true);
    while (counters.settled < target && performance.now() < end) await this.settledOr(end - performance.now());
  }

  /** Flushes, then takes no more and closes the transport, all within the time. */
  async close(timeoutMs: number): Promise<void> {
    const end = performance.now() + timeoutMs;
    this.announceDrops();
    await this.flush(timeoutMs);
    this.#closed = true;
    this.#drain.stop();
    this.#ledger.reportOverflow();
    await closeTransport(this.transport, Math.max(50, end - performance.now())).catch((thrown: unknown) => {
      this.#ledger.report('permanent', toError(thrown), 0);
    });
  }

  /** Sends what waits at once, without waiting for a batch to fill. */
  hurry(): void {
    this.#drain.run(true);
  }

  /** The process is going down: hands over what can be handed over without the event loop. */
  startFinalFlush(): void {
    this.announceDrops();
    this.#drain.attempts.hurry(performance.now());
    this.#drain.run(true);
  }

  /**
   * Goes on with it, blocking for a moment; true when it has come to an end. One that fails gets one more try, one
   * that is merely slow is asked again.
   */
  continueFinalFlush(waitMs: number): boolean {
    if (this.#closed) return true;
    if (this.transport.writeSync !== undefined) this.#writeSync();
    const { carrier, attempts, flights } = this.#drain;
    if (this.pending === 0 || !carrier.direct) return carrier.finish(waitMs);
    carrier.poll(waitMs);
    const wait = attempts.waitMs(performance.now());
    if (flights.count === 0 && wait > 0) {
      if (attempts.state(performance.now()) === 'failed') return true;
      sleep(Math.min(wait, waitMs));
    }
    this.#drain.run(true);
    return this.pending === 0 && carrier.finish(0);
  }

  /** Tells the destination's readers what they are missing. */
  announceDrops(): void {
    const text = this.#ledger.counters.announcement();
    if (text !== undefined) this.offer(this.#notice(text));
  }

  #writeSync(): void {
    const entries = [...this.#drain.flights.takeAll(), ...this.#drain.queue.take(Infinity, Infinity)];
    if (entries.length === 0) return;
    try {
      this.transport.writeSync?.(entries);
      this.#ledger.deliver(entries);
    } catch (thrown) {
      this.#ledger.drop(entries, 'rejected', toError(thrown));
    }
  }

  #makeRoom(entry: QueuedEntry): boolean {
    const { queue } = this.settings;
    // While it rests, nothing but time makes room; a dead destination must not cost every call an attempt.
    if (!this.#drain.resting && this.#drain.sendForRoom(entry)) return true;
    const { dropped, admit } = makeRoom(queue.overflow, this.#drain.queue, entry, queue, this.#drain.flights);
    if (dropped.length > 0) this.#ledger.overflow(dropped);
    return admit;
  }

  #settled(): void {
    const { counters } = this.#ledger;
    const calm = !this.#drain.attempts.probing && this.pending < this.settings.queue.maxRecords / 2;
    if (counters.hasNews && calm) this.announceDrops();
    if (this.#waiters.length > 0) for (const wake of this.#waiters.splice(0)) wake();
  }

  /** Resolves when a batch has settled, or the time is over. */
  async settledOr(timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#drain.run(true);
  }
}
