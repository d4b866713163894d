import { LoggerError, toError } from '../errors';
import { type FailureChannel } from '../failure-channel';
import { closeTransport, type DirectTransport, isDirect, type Transport } from '../transport/transport';
import { createCarrier } from './carrier';
import { Drain } from './drain';
import { beginEnd, FinalFlush } from './final-flush';
import { flush } from './flush';
import { type DestinationHealth } from './health';
import { Ledger } from './ledger';
import { fits, makeRoom } from './overflow';
import { type QueuedEntry } from './queued-entry';
import { type DestinationReceipt } from './receipt';
import { sendForRoom } from './send-for-room';
import { SettleWaiters } from './settle-waiters';
import { type DestinationSettings } from './settings';
import { type OpenSpool } from './spool-store';
import { Spooler } from './spooler';

/** A disk with a spool may take so long to be opened at set-up, before the first record may go another way. */
const SPOOL_READY_MS = 500;
/** The part of `close` in which a spooling destination still tries to deliver. */
const NETWORK_PART = 0.8;
/** What closing gets when delivering has used up all the time. */
const MIN_CLOSE_MS = 50;

export interface DestinationParts {
  readonly settings: DestinationSettings;
  readonly transport: Transport;
  readonly failures: FailureChannel;
  /** Makes the entry of the destination's own notice, formatted as its other records are. */
  readonly notice: (text: string) => QueuedEntry;
  readonly openSpool?: OpenSpool | undefined;
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
  readonly #finalFlush: FinalFlush;
  readonly #waiters = new SettleWaiters();
  #closed = false;

  constructor({ settings, transport, failures, notice, openSpool }: DestinationParts) {
    this.settings = settings;
    this.transport = transport;
    this.#notice = notice;
    const ledger = (this.#ledger = new Ledger(settings.name, failures));
    const carrier = createCarrier(transport, settings.timeoutMs);
    const wake = (): void => this.#drain.goOn();
    const spooler = openSpool && new Spooler({ settings, ledger, open: openSpool, wake });
    this.#drain = new Drain({ settings, carrier, ledger, spooler, settled: () => this.#settled() });
    this.#finalFlush = new FinalFlush({ drain: this.#drain, ledger, transport });
  }

  get name(): string {
    return this.settings.name;
  }

  /** Records accepted that are neither delivered nor dropped. */
  get pending(): number {
    return this.#drain.pending;
  }

  /** Whether as many records are in memory as may be. */
  get full(): boolean {
    return this.#drain.inMemory >= this.settings.queue.maxRecords;
  }

  /** Whether something of it hangs in a system call now, so that the process cannot exit by itself. */
  get blocksExit(): boolean {
    // A group's members may be direct where the group is not.
    const blocked = (this.transport as Partial<DirectTransport>).blocksExit?.() === true;
    return blocked || this.#drain.spooler?.store.blocksExit() === true;
  }

  /** Blocks until it can take work, or the time is over; called once, when a logger is set up. */
  ready(waitMs: number): void {
    if (isDirect(this.transport)) this.transport.ready?.(waitMs);
    // The first word of a spool is that its thread runs, the second what it found in its folder.
    for (const ms of [waitMs, Math.min(waitMs, SPOOL_READY_MS)]) this.#drain.spooler?.store.poll(ms);
  }

  /** Takes one entry. */
  offer(entry: QueuedEntry): void {
    this.#ledger.accept(entry);
    if (this.#closed) {
      this.#ledger.drop([entry], 'closed', new LoggerError('MXL_CLOSED', 'the logger is closed'));
      return;
    }
    if (!fits(this.#drain.queue, entry, this.settings.queue, this.#drain.held) && !this.#makeRoom(entry)) return;
    this.#drain.queue.push(entry);
    if (this.#drain.resting) return;
    const { batch } = this.settings;
    if (this.#drain.queue.size >= batch.maxRecords || this.#drain.queue.bytes >= batch.maxBytes) this.#drain.run(false);
    else if (!this.#drain.wakeup.armed) this.#drain.wakeup.after(batch.maxDelayMs);
  }

  health(): DestinationHealth {
    this.#drain.carrier.poll(0);
    this.#drain.spooler?.store.poll(0);
    const { accepted, delivered, dropped, retries, lastError, lastDeliveredAtMs } = this.#ledger.counters;
    return {
      name: this.name,
      type: this.settings.type,
      state: this.#closed ? 'closed' : this.#drain.attempts.state(performance.now()),
      queued: this.pending,
      queuedBytes: this.#drain.queue.bytes + this.#drain.held.bytes,
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
  flush(timeoutMs: number): Promise<void> {
    const settledOr = (waitMs: number): Promise<void> => this.settledOr(waitMs);
    return flush(timeoutMs, { drain: this.#drain, counters: this.#ledger.counters, settledOr });
  }

  /** Flushes, then takes no more and closes the transport, all within the time. */
  async close(timeoutMs: number): Promise<void> {
    const end = performance.now() + timeoutMs;
    beginEnd(this.#drain);
    this.announceDrops();
    await this.flush(timeoutMs * (this.#drain.spooler === undefined ? 1 : NETWORK_PART));
    this.#closed = true;
    this.#drain.stop();
    this.#ledger.reportOverflow();
    this.#drain.spooler?.save(this.#drain.queue, this.#drain.flights);
    const saved = this.#drain.spooler?.store.close(Math.max(MIN_CLOSE_MS, end - performance.now()));
    await closeTransport(this.transport, Math.max(MIN_CLOSE_MS, end - performance.now())).catch((thrown: unknown) => {
      this.#ledger.report('permanent', toError(thrown), 0);
    });
    await saved;
  }

  /** Sends what waits at once, without waiting for a batch to fill. */
  hurry(): void {
    this.#drain.run(true);
  }

  /** The process is going down: hands over what can be handed over without the event loop. */
  startFinalFlush(): void {
    this.announceDrops();
    this.#finalFlush.start();
  }

  /** Goes on with it, blocking for a moment; true when it has come to an end. @param leftMs - how much time there is in all */
  continueFinalFlush(waitMs: number, leftMs: number): boolean {
    return this.#closed || this.#finalFlush.continue(waitMs, leftMs);
  }

  /** Tells the destination's readers what they are missing. */
  announceDrops(): void {
    const text = this.#ledger.counters.announcement();
    if (text !== undefined) this.offer(this.#notice(text));
  }

  #makeRoom(entry: QueuedEntry): boolean {
    const { queue } = this.settings;
    // While it rests, nothing but time makes room; a dead destination must not cost every call an attempt.
    if (!this.#drain.resting && sendForRoom(this.#drain, entry, this.settings)) return true;
    const { spooler, held, flights } = this.#drain;
    if (spooler?.admit(entry, this.#drain.queue, flights) === true) return true;
    const { dropped, admit } = makeRoom(queue.overflow, this.#drain.queue, entry, queue, held);
    if (dropped.length > 0) this.#ledger.overflow(dropped);
    return admit;
  }

  #settled(): void {
    const { counters } = this.#ledger;
    const calm = !this.#drain.attempts.probing && this.#drain.inMemory < this.settings.queue.maxRecords / 2;
    if (counters.hasNews && calm) this.announceDrops();
    this.#waiters.wake();
  }

  /** Resolves when a batch has settled, or the time is over. */
  async settledOr(timeoutMs: number): Promise<void> {
    await this.#waiters.next(timeoutMs);
    this.#drain.run(true);
  }
}
