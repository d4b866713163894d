import { type Entry, type Transport, type WriteResult } from '../transport/transport';

/** Delivers everything, into an array. */
export class CollectingTransport implements Transport {
  readonly entries: Entry[] = [];
  readonly batches: (readonly Entry[])[] = [];
  closed = false;

  get payloads(): string[] {
    return this.entries.map(({ payload }) => payload);
  }

  get messages(): string[] {
    return this.entries.map(({ record }) => record.message);
  }

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    this.batches.push(batch);
    this.entries.push(...batch);
    return { status: 'delivered' };
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  writeSync(batch: readonly Entry[]): void {
    this.entries.push(...batch);
  }
}
