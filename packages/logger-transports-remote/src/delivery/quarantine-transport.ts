import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';

/** Failures of a whole batch before it is looked at record by record. */
const BATCH_TRIES = 2;

/** What a search has found so far, by index into the batch. */
interface Search {
  readonly delivered: Set<number>;
  readonly rejected: Set<number>;
  readonly failedAlone: Set<number>;
  error: Error | undefined;
  /** The server cannot be reached, or asks to wait: the rest goes again later. */
  stopped: boolean;
}

/**
 * Finds the record that a server fails over (an answer that blames neither the record nor itself, such as 500), so that it
 * does not hold up the rest. A batch that failed so is sent in halves; a record that failed alone `tries` times, each time
 * while others got through, is rejected. While nothing gets through, nothing is blamed: then it is the server.
 */
export class QuarantineTransport implements Transport {
  readonly #inner: Transport;
  readonly #tries: number;
  /** Failures alone, by record id. */
  readonly #suspects = new Map<string, number>();
  #failedBatches = 0;

  constructor(inner: Transport, tries: number) {
    this.#inner = inner;
    this.#tries = tries;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    if (this.#suspects.size === 0) {
      const result = await this.#inner.write(batch, signal);
      if (!isServerError(result)) {
        this.#failedBatches = 0;
        return result;
      }
      this.#failedBatches += 1;
      if (this.#failedBatches < BATCH_TRIES || batch.length === 1) return result;
    }
    return this.#search(batch, signal);
  }

  async close(signal: AbortSignal): Promise<void> {
    await this.#inner.close?.(signal);
  }

  async #search(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const search: Search = {
      delivered: new Set(),
      rejected: new Set(),
      failedAlone: new Set(),
      error: undefined,
      stopped: false,
    };
    const indexes = batch.map((_, index) => index);
    const isSuspect = (index: number): boolean => this.#suspects.has(batch[index]?.record.id ?? '');
    await this.#send(
      batch,
      indexes.filter((index) => !isSuspect(index)),
      search,
      signal,
    );
    for (const index of indexes.filter(isSuspect)) await this.#send(batch, [index], search, signal);
    return this.#conclude(batch, search);
  }

  async #send(batch: readonly Entry[], indexes: readonly number[], search: Search, signal: AbortSignal): Promise<void> {
    if (indexes.length === 0 || search.stopped || signal.aborted) return;
    const result = await this.#inner.write(
      indexes.flatMap((index) => batch[index] ?? []),
      signal,
    );
    const of = (list: readonly number[]): number[] => list.flatMap((index) => indexes[index] ?? []);
    if (isServerError(result)) {
      search.error ??= result.error;
      if (indexes.length === 1) for (const index of indexes) search.failedAlone.add(index);
      else {
        const middle = Math.ceil(indexes.length / 2);
        await this.#send(batch, indexes.slice(0, middle), search, signal);
        await this.#send(batch, indexes.slice(middle), search, signal);
      }
      return;
    }
    if (result.status === 'delivered') for (const index of indexes) search.delivered.add(index);
    else if (result.status === 'rejected') for (const index of indexes) search.rejected.add(index);
    else if (result.status === 'partial') {
      for (const index of of(result.delivered)) search.delivered.add(index);
      for (const index of of(result.rejected)) search.rejected.add(index);
    }
    if (result.status !== 'delivered') search.error = result.error ?? search.error;
    search.stopped = result.status === 'retry';
  }

  #conclude(batch: readonly Entry[], { delivered, rejected, failedAlone, error, stopped }: Search): WriteResult {
    const othersPassed = delivered.size > 0;
    const poison: string[] = [];
    for (const [index, { record }] of batch.entries()) {
      if (!failedAlone.has(index) || !othersPassed) continue;
      const failures = (this.#suspects.get(record.id) ?? 0) + 1;
      this.#suspects.set(record.id, failures);
      if (failures < this.#tries) continue;
      rejected.add(index);
      poison.push(record.id);
    }
    const retry = batch.flatMap((_, index) => (delivered.has(index) || rejected.has(index) ? [] : [index]));
    for (const [index, { record }] of batch.entries()) {
      if (delivered.has(index) || rejected.has(index)) this.#suspects.delete(record.id);
    }
    this.#failedBatches = 0;
    if (poison.length > 0) {
      error = new RemoteError(
        'MXL_REMOTE_POISON',
        `the server fails over ${poison.join(', ')} alone: ${error?.message ?? ''}`,
      );
    }
    if (delivered.size === batch.length) return { status: 'delivered' };
    if (retry.length === batch.length) return { status: 'retry', ...(error && { error }) };
    if (rejected.size === batch.length) return { status: 'rejected', error: error ?? new Error('rejected') };
    // What failed alone while others passed is tried again at once: the destination itself is well.
    const calm = othersPassed && !stopped && rejected.size === 0;
    return {
      status: 'partial',
      delivered: [...delivered],
      retry,
      rejected: [...rejected],
      ...(!calm && error && { error }),
    };
  }
}

/** The server failed, and it is not said over what. */
function isServerError(result: WriteResult): result is WriteResult & { status: 'retry'; error: RemoteError } {
  return (
    result.status === 'retry' && result.error instanceof RemoteError && result.error.code === 'MXL_REMOTE_SERVER_ERROR'
  );
}
