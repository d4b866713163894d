import { type Entry, type Transport, type WriteResult } from '../transport/transport';

/** Never answers, until it is released. */
export class HangingTransport implements Transport {
  readonly taken: Entry[] = [];
  /** Writes whose signal has aborted. */
  aborted = 0;
  #answers: (() => void)[] = [];

  write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    this.taken.push(...batch);
    signal.addEventListener('abort', () => (this.aborted += 1));
    return new Promise((resolve) => this.#answers.push(() => resolve({ status: 'delivered' })));
  }

  /** Answers `delivered` to everything that waits. */
  release(): void {
    for (const answer of this.#answers.splice(0)) answer();
  }
}
