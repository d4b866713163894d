import { BoundedQueue } from './bounded-queue';
import { type QueuedEntry } from './queued-entry';
import { type DestinationSettings } from './settings';
import { type SpoolIndexes } from './spool-indexes';
import { type SpooledBody, type SpoolStore } from './spool-store';
import { decodeSpooled } from './spooled-entry';

/** Which part of the queue's bytes may be read ahead. */
const READ_PART = 1 / 4;

export interface SpoolReaderParts {
  readonly settings: DestinationSettings;
  readonly store: SpoolStore;
  readonly indexes: SpoolIndexes;
}

/** Brings entries back from the disk, a batch ahead of what is sent. */
export class SpoolReader {
  /** Read back, or come back from a try: what goes next. */
  readonly ready = new BoundedQueue();
  readonly #parts: SpoolReaderParts;
  #reading = false;

  constructor(parts: SpoolReaderParts) {
    this.#parts = parts;
  }

  /** Whether the disk has been asked, and has not answered. */
  get reading(): boolean {
    return this.#reading;
  }

  /** Asks for more when there is room for it. @param written - all entries below are on the disk */
  readAhead(written: number): void {
    const { settings, store, indexes } = this.#parts;
    const { batch, queue } = settings;
    const maxBytes = Math.min(batch.maxBytes, Math.ceil(queue.maxBytes * READ_PART));
    if (this.#reading || written <= indexes.read) return;
    if (this.ready.size >= batch.maxRecords || this.ready.bytes >= maxBytes) return;
    this.#reading = true;
    store.read(indexes.read, { maxRecords: batch.maxRecords, maxBytes });
  }

  /** Takes what the disk answered. @returns how many entries below `to` are not in it */
  accept(to: number, bodies: readonly SpooledBody[]): number {
    const { indexes } = this.#parts;
    this.#reading = false;
    let found = 0;
    for (const { index, body } of bodies) {
      // What was given up meanwhile has been counted.
      const entry = index < indexes.read ? undefined : decode(body);
      if (entry === undefined) continue;
      indexes.enter(entry, index);
      this.ready.push(entry);
      found += 1;
    }
    return indexes.readTo(to) - found;
  }
}

/** An entry whose checksum was right and which is none all the same counts as damaged. */
function decode(body: Uint8Array): QueuedEntry | undefined {
  try {
    return decodeSpooled(body);
  } catch {
    return undefined;
  }
}
