import { type QueuedEntry } from './queued-entry';

/** First in, first out, over a circular array; knows its bytes. Bounds are the overflow policy's business. */
export class BoundedQueue {
  #slots: (QueuedEntry | undefined)[] = new Array<QueuedEntry | undefined>(64);
  #head = 0;
  #size = 0;
  #bytes = 0;

  get size(): number {
    return this.#size;
  }

  /** Payload bytes held. */
  get bytes(): number {
    return this.#bytes;
  }

  push(entry: QueuedEntry): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#size) & (this.#slots.length - 1)] = entry;
    this.#size += 1;
    this.#bytes += entry.bytes;
  }

  /** Puts entries back in front, in their order. */
  unshift(entries: readonly QueuedEntry[]): void {
    for (let i = entries.length - 1; i >= 0; i--) {
      const entry = entries[i] as QueuedEntry;
      if (this.#size === this.#slots.length) this.#grow();
      this.#head = (this.#head - 1) & (this.#slots.length - 1);
      this.#slots[this.#head] = entry;
      this.#size += 1;
      this.#bytes += entry.bytes;
    }
  }

  shift(): QueuedEntry | undefined {
    if (this.#size === 0) return undefined;
    const entry = this.#slots[this.#head] as QueuedEntry;
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#size -= 1;
    this.#bytes -= entry.bytes;
    return entry;
  }

  /** Takes the next batch: at most so many records and bytes, but at least one record when there is one. */
  take(maxRecords: number, maxBytes: number): QueuedEntry[] {
    const batch: QueuedEntry[] = [];
    let bytes = 0;
    while (this.#size > 0 && batch.length < maxRecords) {
      const next = this.#slots[this.#head] as QueuedEntry;
      if (batch.length > 0 && bytes + next.bytes > maxBytes) break;
      bytes += next.bytes;
      batch.push(next);
      this.shift();
    }
    return batch;
  }

  /** Removes up to `limit` entries for which `chosen` holds, oldest first. */
  remove(limit: number, chosen: (entry: QueuedEntry) => boolean): QueuedEntry[] {
    const removed: QueuedEntry[] = [];
    for (let left = this.#size; left > 0; left--) {
      const entry = this.shift() as QueuedEntry;
      if (removed.length < limit && chosen(entry)) removed.push(entry);
      else this.push(entry);
    }
    return removed;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Array<QueuedEntry | undefined>(old.length * 2);
    for (let i = 0; i < this.#size; i++) slots[i] = old[(this.#head + i) & (old.length - 1)];
    this.#slots = slots;
    this.#head = 0;
  }
}
