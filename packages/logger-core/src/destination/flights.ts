import { type QueuedEntry } from './queued-entry';

/** A batch under way. */
export interface Flight {
  readonly batch: readonly QueuedEntry[];
  readonly bytes: number;
}

/** The batches under way and those that came back, which still count against the destination's bounds. */
export class Flights {
  readonly #flying: Flight[] = [];
  #returned: QueuedEntry[] = [];
  #records = 0;
  #bytes = 0;

  /** Batches under way. */
  get count(): number {
    return this.#flying.length;
  }

  /** Records under way or come back. */
  get records(): number {
    return this.#records;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether something came back that has to be tried again before anything new. */
  get hasReturned(): boolean {
    return this.#returned.length > 0;
  }

  start(batch: readonly QueuedEntry[]): Flight {
    let bytes = 0;
    for (const entry of batch) bytes += entry.bytes;
    const flight = { batch, bytes };
    this.#flying.push(flight);
    this.#records += batch.length;
    this.#bytes += bytes;
    return flight;
  }

  /** Takes a flight out; false when it was out already. */
  land(flight: Flight): boolean {
    const index = this.#flying.indexOf(flight);
    if (index < 0) return false;
    this.#flying.splice(index, 1);
    this.#records -= flight.batch.length;
    this.#bytes -= flight.bytes;
    return true;
  }

  /** Keeps entries that have to be tried again, in order. */
  giveBack(entries: readonly QueuedEntry[]): void {
    for (const entry of entries) {
      this.#returned.push(entry);
      this.#bytes += entry.bytes;
    }
    this.#records += entries.length;
  }

  /** Hands out what came back, once nothing is under way any more; their order is the order they were taken in. */
  takeReturned(): QueuedEntry[] {
    const returned = this.#returned;
    this.#returned = [];
    this.#records -= returned.length;
    for (const entry of returned) this.#bytes -= entry.bytes;
    return returned;
  }

  /** Everything under way or come back, oldest first. */
  all(): QueuedEntry[] {
    return [...this.#returned, ...this.#flying.flatMap(({ batch }) => batch)];
  }

  /** Takes everything under way or come back, oldest first, for the last synchronous try. */
  takeAll(): QueuedEntry[] {
    const all = this.all();
    this.takeReturned();
    for (const flight of [...this.#flying]) this.land(flight);
    return all;
  }
}
