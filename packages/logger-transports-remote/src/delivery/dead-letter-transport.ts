import { type Diagnostics, type Entry, toError, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { type DeadLetters } from './dead-letters';

/** Writes what is rejected to the dead letters, before the destination counts it as dropped. */
export class DeadLetterTransport implements Transport {
  readonly #inner: Transport;
  readonly #letters: DeadLetters;
  readonly #diagnostics: Diagnostics;

  constructor(inner: Transport, letters: DeadLetters, diagnostics: Diagnostics) {
    this.#inner = inner;
    this.#letters = letters;
    this.#diagnostics = diagnostics;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const result = await this.#inner.write(batch, signal);
    const refused =
      result.status === 'rejected'
        ? batch
        : result.status === 'partial'
          ? result.rejected.flatMap((index) => batch[index] ?? [])
          : [];
    if (refused.length > 0) await this.#keep(refused, errorOf(result));
    return result;
  }

  async close(signal: AbortSignal): Promise<void> {
    await this.#inner.close?.(signal);
  }

  async #keep(entries: readonly Entry[], error: Error): Promise<void> {
    try {
      await this.#letters.keep(entries, error);
    } catch (thrown) {
      this.#diagnostics.report('permanent', toError(thrown), entries.length);
    }
  }
}

function errorOf(result: WriteResult): Error {
  return ('error' in result ? result.error : undefined) ?? new Error('rejected');
}
