import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { bytesIn } from './log-files.mjs';
import { settle } from './settle.mjs';

/** What the worker is told through shared memory: it must hear it although the main thread is busy. */
export const idle = 0;
export const watching = 1;
const finished = 2;

/**
 * Tells when the last byte arrived in the files. That, and not the moment at which a logger's own end resolves, is what
 * all loggers have in common: some return from it before the last write (then it is waited for here), some only after
 * an fsync or after their thread has gone (then that is not held against them). A thread looks, because some block the
 * main thread while they end; it sleeps until `start`, so it takes nothing from the run itself.
 */
export class ArrivalWatcher {
  #directory;
  #worker;
  #state = new Int32Array(new SharedArrayBuffer(4));

  constructor(directory) {
    this.#directory = directory;
    const workerData = { directory, state: this.#state };
    this.#worker = new Worker(new URL('../arrival-worker.mjs', import.meta.url), { workerData });
  }

  async ready() {
    await once(this.#worker, 'message');
  }

  start() {
    this.#tell(watching);
  }

  /** To be called when the logger has ended. Times are those of `process.hrtime`, which all threads share. */
  async result() {
    const bytesAtEnd = bytesIn(this.#directory);
    await settle(this.#directory);
    const answer = once(this.#worker, 'message');
    this.#tell(finished);
    const [{ bytes, arrivedAt }] = await answer;
    return { bytesAfterEnd: bytes - bytesAtEnd, arrivedAt };
  }

  #tell(state) {
    Atomics.store(this.#state, 0, state);
    Atomics.notify(this.#state, 0);
  }
}
