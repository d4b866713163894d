import { askTimeStamp } from './ask-time-stamp';
import { type SealedHead } from './sealer';
import { type EvidenceLine } from './seal-line';

export interface EvidenceDeskParts {
  readonly timestampUrl: string | undefined;
  readonly add: (evidence: EvidenceLine) => void;
  readonly report: (error: Error) => void;
}

/** How long the end of a log waits for what is under way. */
const LAST_MS = 1000;

/**
 * Gets what others say about checkpoints. One request at a time; of checkpoints made meanwhile the last one is next,
 * because it covers those before it.
 */
export class EvidenceDesk {
  readonly #parts: EvidenceDeskParts;
  readonly #abort = new AbortController();
  #next: SealedHead | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: EvidenceDeskParts) {
    this.#parts = parts;
  }

  take(head: SealedHead): void {
    if (this.#parts.timestampUrl === undefined || this.#abort.signal.aborted) return;
    this.#next = head;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Waits for what is under way, for a moment; what comes later is not wanted any more. */
  async settle(signal: AbortSignal): Promise<void> {
    const timer = setTimeout(() => this.#abort.abort(), LAST_MS);
    const stop = (): void => this.#abort.abort();
    signal.addEventListener('abort', stop);
    await this.#running;
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    this.#abort.abort();
  }

  async #run(): Promise<void> {
    for (let head = this.#next; head !== undefined && !this.#abort.signal.aborted; head = this.#next) {
      this.#next = undefined;
      await this.#stamp(head, this.#parts.timestampUrl as string).catch(this.#parts.report);
    }
  }

  async #stamp({ checkpoint, note }: SealedHead, url: string): Promise<void> {
    const evidence = await askTimeStamp(url, note, this.#abort.signal);
    this.#parts.add({ type: 'timestamp', size: checkpoint.size, time: new Date().toISOString(), evidence });
  }
}
