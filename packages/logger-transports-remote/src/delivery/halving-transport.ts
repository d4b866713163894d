import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { RemoteError, type RemoteErrorCode } from '../errors';
import { cutEntry } from './cut-entry';
import { hasRetries, joinResults, type Part } from './join-results';

export type Oversized = 'cut' | 'reject';

/** A record is cut down to this and no further. */
const MIN_CUT_BYTES = 1024;

/** Refusals in one write after which the rest of what is refused is not taken apart any more: then it is not one record. */
const MAX_REFUSALS = 16;

/**
 * Makes batches smaller for a server that finds them too large (413): in halves, until they pass, and no larger ones from
 * then on. A single record that is too large is cut, or stays rejected. A batch that is refused for what it holds (400) is
 * taken apart in the same way, so that one bad record does not cost the others.
 */
export class HalvingTransport implements Transport {
  readonly #inner: Transport;
  readonly #oversized: Oversized;
  #maxBytes = Infinity;
  #refusals = 0;

  constructor(inner: Transport, oversized: Oversized) {
    this.#inner = inner;
    this.#oversized = oversized;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    this.#refusals = 0;
    return this.#inTurn(splitBySize(batch, this.#maxBytes), signal);
  }

  async close(signal: AbortSignal): Promise<void> {
    await this.#inner.close?.(signal);
  }

  /** One after the other; when one has to go again, those behind it wait. */
  async #inTurn(batches: readonly (readonly Entry[])[], signal: AbortSignal): Promise<WriteResult> {
    const parts: Part[] = [];
    let stopped = false;
    for (const batch of batches) {
      const result: WriteResult = stopped ? { status: 'retry' } : await this.#send(batch, signal);
      parts.push({ count: batch.length, result });
      stopped ||= hasRetries(result) || signal.aborted;
    }
    return joinResults(parts);
  }

  async #send(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const result = await this.#inner.write(batch, signal);
    const tooLarge = isRefused(result, 'MXL_REMOTE_TOO_LARGE');
    if (!tooLarge && !(isRefused(result, 'MXL_REMOTE_STATUS') && batch.length > 1 && this.#refusals++ < MAX_REFUSALS)) {
      return result;
    }
    const [first] = batch;
    if (first !== undefined && batch.length === 1)
      return this.#oversized === 'cut' ? this.#cut(first, result, signal) : result;
    const middle = Math.ceil(batch.length / 2);
    if (tooLarge) this.#maxBytes = Math.min(this.#maxBytes, Math.ceil(bytesOf(batch) / 2));
    return this.#inTurn([batch.slice(0, middle), batch.slice(middle)], signal);
  }

  async #cut(entry: Entry, refused: WriteResult, signal: AbortSignal): Promise<WriteResult> {
    for (let bytes = bytesOf([entry]) / 2; bytes >= MIN_CUT_BYTES && !signal.aborted; bytes /= 2) {
      const shorter = cutEntry(entry, Math.floor(bytes));
      const result = shorter === undefined ? refused : await this.#inner.write([shorter], signal);
      if (!isRefused(result, 'MXL_REMOTE_TOO_LARGE')) return result;
    }
    return refused;
  }
}

function isRefused(result: WriteResult, code: RemoteErrorCode): boolean {
  return result.status === 'rejected' && result.error instanceof RemoteError && result.error.code === code;
}

function bytesOf(batch: readonly Entry[]): number {
  return batch.reduce((sum, { payload }) => sum + Buffer.byteLength(payload), 0);
}

function splitBySize(batch: readonly Entry[], maxBytes: number): (readonly Entry[])[] {
  if (maxBytes === Infinity) return [batch];
  const parts: Entry[][] = [];
  let left = 0;
  for (const entry of batch) {
    const bytes = bytesOf([entry]);
    if (parts.length === 0 || bytes > left) {
      parts.push([]);
      left = maxBytes;
    }
    parts.at(-1)?.push(entry);
    left -= bytes;
  }
  return parts;
}
