import { BroadcastChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';

/** The channel between the threads of one process. A worker sends its {@link WorkerState}, the main thread {@link ASK}. */
export const CHANNEL = 'metaexpert-logger';
export const ASK = 'end';

/** What a worker's word says. */
export const WORKER = { running: 0, answered: 1, done: 2, gone: 3 } as const;

/** One word, shared: it can be waited for when no event loop turns any more. */
export type WorkerState = Int32Array<SharedArrayBuffer>;

/** How soon a worker has to answer. One that was terminated never does, and nobody says so. */
const ANSWER_MS = 500;

/**
 * In the main thread: has the loggers of worker threads bring their records out before the process ends, which stops those
 * threads where they are.
 */
export class WorkerEnds {
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #states = new Set<WorkerState>();
  #answerByMs = 0;

  constructor() {
    this.#channel.onmessage = ({ data }: { data: unknown }) => this.#hear(data);
    this.#channel.unref();
  }

  /** Does not wait. */
  ask(): void {
    // Typed for ports alone, it takes channels too.
    const port = this.#channel as unknown as MessagePort;
    for (let one = receiveMessageOnPort(port); one !== undefined; one = receiveMessageOnPort(port)) {
      this.#hear(one.message);
    }
    for (const state of this.#states) {
      if (Atomics.load(state, 0) === WORKER.gone) this.#states.delete(state);
      else Atomics.compareExchange(state, 0, WORKER.done, WORKER.running);
    }
    if (this.#states.size === 0) return;
    this.#answerByMs = performance.now() + ANSWER_MS;
    this.#channel.postMessage(ASK);
  }

  /** Blocks until all workers that were asked are done, or the time is over. */
  wait(endMs: number): void {
    for (const state of this.#states) {
      waitFor(state, WORKER.running, Math.min(endMs, this.#answerByMs));
      waitFor(state, WORKER.answered, endMs);
    }
  }

  close(): void {
    this.#channel.close();
  }

  #hear(data: unknown): void {
    if (data instanceof Int32Array) this.#states.add(data as WorkerState);
  }
}

/** Blocks while the word has that value. */
function waitFor(state: WorkerState, value: number, endMs: number): void {
  Atomics.wait(state, 0, value, Math.max(0, endMs - performance.now()));
}
