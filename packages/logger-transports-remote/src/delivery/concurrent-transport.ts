import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { joinResults } from './join-results';

/** Sends a batch as several at once, for servers that are far away and readers that do not ask for order. */
export class ConcurrentTransport implements Transport {
  readonly #inner: Transport;
  readonly #concurrency: number;

  constructor(inner: Transport, concurrency: number) {
    this.#inner = inner;
    this.#concurrency = concurrency;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const size = Math.ceil(batch.length / this.#concurrency);
    const parts = Array.from({ length: Math.ceil(batch.length / size) }, (_, index) =>
      batch.slice(index * size, (index + 1) * size),
    );
    const results = await Promise.all(parts.map((part) => this.#inner.write(part, signal)));
    return joinResults(results.map((result, index) => ({ result, count: parts[index]?.length ?? 0 })));
  }

  async close(signal: AbortSignal): Promise<void> {
    await this.#inner.close?.(signal);
  }
}
