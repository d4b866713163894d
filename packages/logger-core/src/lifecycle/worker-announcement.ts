import { BroadcastChannel } from 'node:worker_threads';
import { ASK, CHANNEL, WORKER, type WorkerState } from './worker-ends';

/** In a worker thread: tells the main thread that there are loggers here, and flushes them when it asks. */
export class WorkerAnnouncement {
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #state: WorkerState = new Int32Array(new SharedArrayBuffer(4));

  /** @param flush - never rejects */
  constructor(flush: () => Promise<unknown>) {
    this.#channel.onmessage = ({ data }: { data: unknown }) => {
      if (data !== ASK) return;
      this.#say(WORKER.answered);
      void flush().then(() => this.#say(WORKER.done));
    };
    this.#channel.unref();
    this.#channel.postMessage(this.#state);
  }

  /** There is nothing more to wait for. */
  close(): void {
    this.#say(WORKER.gone);
    this.#channel.close();
  }

  #say(word: number): void {
    Atomics.store(this.#state, 0, word);
    Atomics.notify(this.#state, 0);
  }
}
