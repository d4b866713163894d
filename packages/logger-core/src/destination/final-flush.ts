import { toError } from '../errors';
import { type Transport } from '../transport/transport';
import { type Drain } from './drain';
import { type Ledger } from './ledger';
import { sleep } from './sleep';
import { type Spooler } from './spooler';

/** Time at the end of the process that is the spool's alone. */
const SPOOL_LAST_MS = 200;

export interface FinalFlushParts {
  readonly drain: Drain;
  readonly ledger: Ledger;
  readonly transport: Transport;
}

/** No more records will come. A rate limit spares who is far away; a disk or a terminal takes the rest at once. */
export function beginEnd({ carrier, attempts }: Drain): void {
  if (carrier.direct) attempts.liftRate();
}

/** The last moments of a process: what can be done without the event loop, a slice at a time. */
export class FinalFlush {
  readonly #drain: Drain;
  readonly #ledger: Ledger;
  readonly #transport: Transport;

  constructor({ drain, ledger, transport }: FinalFlushParts) {
    this.#drain = drain;
    this.#ledger = ledger;
    this.#transport = transport;
  }

  start(): void {
    beginEnd(this.#drain);
    this.#drain.attempts.hurry(performance.now());
    this.#drain.run(true);
  }

  /**
   * Goes on, blocking for a moment; true when it has come to an end. What has a spool goes there. Of the others one that
   * fails gets one more try, one that is merely slow is asked again.
   *
   * @param leftMs - how much time there is in all
   */
  continue(waitMs: number, leftMs: number): boolean {
    const { carrier, attempts, flights, queue } = this.#drain;
    const spooler = this.#drain.spooler?.unusable === false ? this.#drain.spooler : undefined;
    const delivers = carrier.direct && !attempts.probing && leftMs > SPOOL_LAST_MS;
    if (spooler !== undefined && !delivers) {
      spooler.save(queue, flights);
      spooler.store.poll(waitMs);
      return spooler.saved && queue.size === 0;
    }
    if (this.#transport.writeSync !== undefined) this.#writeSync();
    if (this.#drain.pending === 0 || !carrier.direct) return this.#finish(spooler, waitMs);
    // What is not under way is on the disk, or on its way to it or back.
    if (flights.count === 0) spooler?.store.poll(waitMs);
    else carrier.poll(waitMs);
    spooler?.store.poll(0);
    const wait = attempts.waitMs(performance.now());
    if (flights.count === 0 && wait > 0) {
      if (attempts.state(performance.now()) === 'failed') return true;
      sleep(Math.min(wait, waitMs));
    }
    this.#drain.run(true);
    return this.#drain.pending === 0 && this.#finish(spooler, 0);
  }

  /** The spool's last word, too: what it does not know to be delivered goes again. */
  #finish(spooler: Spooler | undefined, waitMs: number): boolean {
    if (spooler === undefined || spooler.informed) return this.#drain.carrier.finish(waitMs);
    spooler.store.poll(waitMs);
    return false;
  }

  #writeSync(): void {
    const entries = [...this.#drain.flights.takeAll(), ...this.#drain.queue.take(Infinity, Infinity)];
    if (entries.length === 0) return;
    try {
      this.#transport.writeSync?.(entries);
      this.#ledger.deliver(entries);
    } catch (thrown) {
      this.#ledger.drop(entries, 'rejected', toError(thrown));
    }
  }
}
