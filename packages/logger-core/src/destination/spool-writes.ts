import { type QueuedEntry } from './queued-entry';
import { type SpoolStore } from './spool-store';
import { encodeSpooled } from './spooled-entry';

/** What is on its way to the disk: still in memory, as bytes, and counted there until the disk has it. */
export class SpoolWrites {
  readonly #store: SpoolStore;
  readonly #under: { readonly below: number; readonly bytes: number }[] = [];
  #bytes = 0;

  constructor(store: SpoolStore) {
    this.#store = store;
  }

  get count(): number {
    return this.#under.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(first: number, entries: readonly QueuedEntry[]): void {
    const bodies = entries.map(encodeSpooled);
    const bytes = bodies.reduce((sum, { length }) => sum + length, 0);
    this.#under.push({ below: first + entries.length, bytes });
    this.#bytes += bytes;
    this.#store.append(first, bodies);
  }

  written(below: number): void {
    while (this.#under[0] !== undefined && this.#under[0].below <= below)
      this.#bytes -= this.#under.shift()?.bytes ?? 0;
  }
}
