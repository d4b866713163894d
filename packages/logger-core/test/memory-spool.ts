import { type OpenSpool, type SpoolEvents, type SpoolStore } from '../src/destination/spool-store';
import { definePlugin, type SpoolPlugin } from '../src/plugin/plugin';

const SCHEMA = { type: 'object', properties: { dir: { type: 'string' } }, additionalProperties: false };

/** A disk for spools that a test can look at, damage and hand to a successor. */
export class MemoryDisk {
  readonly bodies = new Map<number, Uint8Array>();
  acknowledged = 0;
  next = 0;
  maxRecords = Infinity;
  /** Nothing is answered while it is held. */
  held = false;

  /** A plugin whose spools are on this disk. */
  get plugin(): SpoolPlugin {
    const create = (): OpenSpool => (events) => new MemorySpool(this, events);
    return definePlugin({ kind: 'spool', type: 'memory', schema: SCHEMA, create });
  }
}

/** Answers when it is polled or when the event loop turns, like a store with a thread. */
class MemorySpool implements SpoolStore {
  readonly #disk: MemoryDisk;
  readonly #events: SpoolEvents;
  #answers: (() => void)[] = [];
  #telling = false;

  constructor(disk: MemoryDisk, events: SpoolEvents) {
    this.#disk = disk;
    this.#events = events;
    this.#answer(() => events.opened(disk.acknowledged, disk.next));
  }

  get idle(): boolean {
    return this.#answers.length === 0;
  }

  append(first: number, bodies: readonly Uint8Array[]): void {
    this.#answer(() => {
      bodies.forEach((body, offset) => this.#disk.bodies.set(first + offset, body));
      this.#disk.next = first + bodies.length;
      this.#dropOldest();
      this.#events.appended(this.#disk.next);
    });
  }

  read(from: number, { maxRecords }: { maxRecords: number }): void {
    this.#answer(() => {
      const to = Math.min(this.#disk.next, from + maxRecords);
      const indexes = Array.from({ length: to - from }, (_, offset) => from + offset);
      const entries = indexes.flatMap((index) => {
        const body = this.#disk.bodies.get(index);
        return body === undefined ? [] : [{ index, body }];
      });
      this.#events.read(to, entries);
    });
  }

  acknowledge(below: number): void {
    this.#answer(() => {
      this.#disk.acknowledged = below;
      for (const index of this.#disk.bodies.keys()) if (index < below) this.#disk.bodies.delete(index);
    });
  }

  poll(): void {
    if (this.#telling || this.#disk.held) return;
    this.#telling = true;
    for (const answer of this.#answers.splice(0)) answer();
    this.#telling = false;
  }

  blocksExit(): boolean {
    return false;
  }

  async close(): Promise<void> {
    while (!this.idle && !this.#disk.held) this.poll();
    this.#answers = [];
  }

  #answer(answer: () => void): void {
    this.#answers.push(answer);
    setImmediate(() => this.poll());
  }

  #dropOldest(): void {
    if (this.#disk.bodies.size <= this.#disk.maxRecords) return;
    const below = this.#disk.next - this.#disk.maxRecords;
    for (const index of this.#disk.bodies.keys()) if (index < below) this.#disk.bodies.delete(index);
    this.#disk.acknowledged = Math.max(below, this.#disk.acknowledged);
    this.#events.dropped(below);
  }
}
