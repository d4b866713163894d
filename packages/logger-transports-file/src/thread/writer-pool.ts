import { dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type PlainError, toPlainError } from '../keeper/messages';
import { toError } from '../keeper/to-error';
import { type FileSettings } from '../options/file-settings';
import { type FromWriter, type ToWriter, type WriterData } from './messages';

/** One end of a lane, as the pool sees it. */
export interface LaneEnd {
  readonly shared: SharedArrayBuffer;
  readonly settings: FileSettings;
  /** Whether the thread is inside a system call of this lane. */
  readonly busy: boolean;
  /** Something has happened in the lane. */
  news(): void;
  /** Looking after files put aside has failed; no record is concerned. */
  trouble(error: Error): void;
  /** The thread is gone; what was in the ring may or may not be in the file. */
  lost(error: Error): void;
}

/** A writer thread and its lanes. Does not keep the process alive. */
export class Writer {
  readonly #ready = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  readonly #lanes = new Map<number, LaneEnd>();
  readonly #closing = new Map<number, () => void>();
  readonly #rotating = new Map<number, (answer: { path?: string; error?: PlainError }) => void>();
  readonly #gone: () => void;
  #nextId = 1;
  #nextRequest = 1;

  constructor(gone: () => void) {
    this.#gone = gone;
    this.#worker = new Worker(join(__dirname, 'writer-thread.js'), {
      name: 'mxl-file-writer',
      workerData: { ready: this.#ready } satisfies WriterData,
      // Loaders and profilers of the application are not this thread's business.
      execArgv: [],
      // Chunks live outside of its heap; a small young generation keeps the thread at a few megabytes.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    });
    this.#worker.on('message', (message: FromWriter) => this.#hear(message));
    this.#worker.on('error', (error) => this.#lose(error));
    this.#worker.on('exit', (code) => this.#lose(new Error(`the writer thread exited with code ${code}`)));
    // After the listeners: adding one for messages would hold the process again.
    this.#worker.unref();
  }

  open(lane: LaneEnd): number {
    const id = this.#nextId++;
    this.#lanes.set(id, lane);
    this.#send({ open: id, shared: lane.shared, settings: lane.settings });
    return id;
  }

  wake(id: number): void {
    this.#send(id);
  }

  /**
   * Has a lane's file put aside; resolves to its new name, or undefined when there was nothing to put aside.
   *
   * @param hangUp - a file that somebody has moved away is only opened anew
   */
  async rotate(id: number, hangUp: boolean): Promise<string | undefined> {
    const request = this.#nextRequest++;
    const answer = await new Promise<{ path?: string; error?: PlainError }>((resolve) => {
      this.#rotating.set(request, resolve);
      this.#send({ rotate: id, request, hangUp });
    });
    this.#rotating.delete(request);
    if (answer.error !== undefined) throw toError(answer.error);
    return answer.path;
  }

  /** Whether this thread is inside a system call of another lane. */
  isBusyElsewhere(id: number): boolean {
    return [...this.#lanes].some(([other, lane]) => other !== id && lane.busy);
  }

  /** Gives up a lane without a word to the thread, which hangs; new files of the directory get another thread. */
  abandon(id: number): void {
    this.#lanes.delete(id);
    this.#gone();
  }

  /** Resolves when the lane's file is closed; ends the thread after its last lane. */
  async close(id: number): Promise<void> {
    if (!this.#lanes.has(id)) return;
    await new Promise<void>((done) => {
      this.#closing.set(id, done);
      this.#send({ close: id });
    });
    this.#lanes.delete(id);
    if (this.#lanes.size > 0) return;
    this.#gone();
    await this.#worker.terminate();
  }

  /** Blocks until the thread takes messages, or the time is over. */
  ready(waitMs: number): void {
    Atomics.wait(this.#ready, 0, 0, waitMs);
  }

  #send(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWriter): void {
    if (typeof message === 'number') this.#lanes.get(message)?.news();
    else if ('trouble' in message) this.#lanes.get(message.trouble)?.trouble(toError(message.error));
    else if ('rotated' in message) this.#rotating.get(message.rotated)?.(message);
    else this.#closing.get(message.closed)?.();
  }

  #lose(error: Error): void {
    this.#gone();
    const lanes = [...this.#lanes.values()];
    this.#lanes.clear();
    for (const done of this.#closing.values()) done();
    for (const answer of this.#rotating.values()) answer({ error: toPlainError(error) });
    for (const lane of lanes) lane.lost(error);
  }
}

/** A writer thread per directory: its files share a disk. When one of them hangs the others move to a new thread. */
const writers = new Map<string, Writer>();

export function writerFor(path: string): Writer {
  const directory = dirname(resolve(path));
  let writer = writers.get(directory);
  if (writer === undefined) {
    const made: Writer = new Writer(() => {
      if (writers.get(directory) === made) writers.delete(directory);
    });
    writers.set(directory, made);
    writer = made;
  }
  return writer;
}
