import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FromKeeper, type KeeperTask, type ToKeeper } from './messages';
import { toError } from './to-error';

/** How long a thread that has nothing to do is kept for the next task. */
const IDLE_MS = 5000;

/** A keeper thread that is there while there is something to do. */
export class Keeper {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, (answer: FromKeeper) => void>();
  #nextId = 1;
  #idle: NodeJS.Timeout | undefined;

  /**
   * @returns the task's result, and what went wrong on the way
   * @throws what kept it from being done
   */
  async run(task: KeeperTask): Promise<{ result: unknown; failures: Error[] }> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    const answer = await new Promise<FromKeeper>((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, ...task } satisfies ToKeeper);
    });
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => void this.stop(), IDLE_MS).unref();
    if (answer.error !== undefined) throw toError(answer.error);
    return { result: answer.result, failures: (answer.failures ?? []).map(toError) };
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(join(__dirname, 'keeper-thread.js'), {
      name: 'mxl-file-keeper',
      execArgv: [],
      // What it works on lies outside of its heap.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    });
    worker.on('message', (answer: FromKeeper) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    let reason = 'the keeper thread has ended';
    worker.on('error', (error) => (reason = error.message));
    worker.on('exit', () => {
      if (this.#worker !== worker && this.#worker !== undefined) return;
      this.#worker = undefined;
      for (const [id, settle] of this.#waiting)
        settle({ id, error: { message: reason, code: 'MXL_FILE_THREAD_DIED' } });
      this.#waiting.clear();
    });
    return worker;
  }
}
