import { type QueuedEntry } from './queued-entry';

/**
 * Which entries of a spool are where: below `read` they have been read back, from there on below `next` only the disk has
 * them. One that has been read is settled when it is in memory no more.
 */
export class SpoolIndexes {
  /** The lowest index first: entries come in order, and only leave. */
  readonly #inMemory = new Map<QueuedEntry, number>();
  #next = 0;
  #read = 0;
  #acknowledged = 0;

  /** The index of the next entry. */
  get next(): number {
    return this.#next;
  }

  get read(): number {
    return this.#read;
  }

  /** Entries that only the disk has. */
  get onDisk(): number {
    return this.#next - this.#read;
  }

  resume(first: number, next: number): void {
    this.#read = this.#acknowledged = first;
    this.#next = next;
  }

  has(entry: QueuedEntry): boolean {
    return this.#inMemory.has(entry);
  }

  /** Entries leave memory for the disk. @returns the first one's index */
  leave(entries: readonly QueuedEntry[]): number {
    const first = this.#next;
    this.#next += entries.length;
    return first;
  }

  /** Entries that stay in memory are put on the disk as well, which holds nothing that is to be read before them. */
  stay(entries: readonly QueuedEntry[]): number {
    const first = this.leave(entries);
    entries.forEach((entry, offset) => this.#inMemory.set(entry, first + offset));
    this.#read = this.#next;
    return first;
  }

  /** An entry has come from the disk. */
  enter(entry: QueuedEntry, index: number): void {
    this.#inMemory.set(entry, index);
  }

  /** All below has been read, or is lost. @returns how many that are */
  readTo(to: number): number {
    const records = Math.max(0, to - this.#read);
    this.#read += records;
    return records;
  }

  remove(entries: readonly QueuedEntry[]): void {
    if (this.#inMemory.size > 0) for (const entry of entries) this.#inMemory.delete(entry);
  }

  /** What may be said now: all below is settled. Undefined when that has been said. */
  acknowledgement(): number | undefined {
    const [lowest] = this.#inMemory.values();
    const below = Math.min(lowest ?? Infinity, this.#read);
    if (below <= this.#acknowledged) return undefined;
    this.#acknowledged = below;
    return below;
  }
}
