import { threadFile } from '@metaexpert/logger-core';
import { randomInt } from 'node:crypto';
import { BroadcastChannel, isMainThread, Worker } from 'node:worker_threads';
import { type PlainError, toPlainError } from '../keeper/messages';
import { toError } from '../keeper/to-error';
import { OFFERS, type ToAll } from './guest-messages';
import { type LaneEnd } from './lane-end';
import { type FromWriter, STATE, type ToWriter, type WriterData } from './messages';

const PACKAGE = '@metaexpert/logger-transports-file';

/** How long a call for a lane of a worker thread may take at the end of the process before it is taken to hang. */
const STUCK_MS = 1000;

/** How long the end of the process waits for what is left in the lanes of worker threads when no logger waits for it. */
const LAST_MS = 2000;

type Closed = Pick<Extract<FromWriter, { closed: number }>, 'needed' | 'left'>;

/** A writer thread and its lanes. Does not keep the process alive. */
export class Writer {
  readonly #state = new Int32Array(new SharedArrayBuffer(16));
  // Lanes of worker threads are safe with a thread that lives as long as the process does.
  readonly #number = isMainThread ? randomInt(1, 2 ** 31) : undefined;
  readonly #worker: Worker;
  readonly #lanes = new Map<number, LaneEnd>();
  readonly #closing = new Map<number, (closed: Closed) => void>();
  readonly #rotating = new Map<number, (answer: { path?: string; error?: PlainError }) => void>();
  readonly #gone: () => void;
  #nextId = 1;
  #nextRequest = 1;
  #settling: number | undefined;

  /** What waits for the last lane of a worker thread to be gone. */
  readonly #afterwards: (() => void)[] = [];

  constructor(directory: string, gone: () => void) {
    this.#gone = gone;
    this.#worker = new Worker(threadFile({ name: 'writer-thread.js', beside: __dirname, packageName: PACKAGE }), {
      name: 'mxl-file-writer',
      workerData: { state: this.#state, number: this.#number, directory } satisfies WriterData,
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

  /** @returns what the lane is called here from now on */
  open(lane: LaneEnd): number {
    process.off('exit', this.#onExit);
    const id = this.#nextId++;
    this.#lanes.set(id, lane);
    const { shared, settings, stage } = lane;
    this.#send({ open: id, shared, settings, stage: stage && { module: stage.module, data: stage.data } });
    return id;
  }

  wake(id: number): void {
    this.#send(id);
  }

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
    if (Atomics.load(this.#state, STATE.guestCalls) % 2 !== 0) return true;
    return [...this.#lanes].some(([other, lane]) => other !== id && lane.busy);
  }

  /** Whether a call for a worker thread's lane hangs. Blocks for a moment while there is one. */
  hangsForGuest(): boolean {
    const calls = Atomics.load(this.#state, STATE.guestCalls);
    return calls % 2 !== 0 && Atomics.wait(this.#state, STATE.guestCalls, calls, STUCK_MS) === 'timed-out';
  }

  /** Blocks until what worker threads have put into their lanes is written, or the time is over; true when it is. */
  finish(waitMs: number): boolean {
    if (Atomics.load(this.#state, STATE.guests) === 0) return true;
    if (this.#settling === undefined) this.#send({ settle: (this.#settling = this.#nextRequest++) });
    const settled = Atomics.load(this.#state, STATE.settled);
    if (settled !== this.#settling) Atomics.wait(this.#state, STATE.settled, settled, waitMs);
    if (Atomics.load(this.#state, STATE.settled) !== this.#settling) return false;
    this.#settling = undefined;
    return true;
  }

  /** Gives up a lane without a word to the thread, which hangs; new files of the directory get another thread. */
  abandon(id: number): void {
    this.#lanes.delete(id);
    this.#gone();
  }

  /** Resolves when the lane is at rest; its file is closed if nobody else writes it. Ends the thread after its last lane. */
  async close(id: number): Promise<void> {
    const lane = this.#lanes.get(id);
    if (lane === undefined) return;
    // A close that is not waited for to its end leaves them to the end of the process.
    if (this.#lanes.size === 1) process.on('exit', this.#onExit);
    const { needed, left } = await new Promise<Closed>((done) => {
      this.#closing.set(id, done);
      this.#send({ close: id });
    });
    this.#lanes.delete(id);
    // Lanes of worker threads may be left: they write the file on, which has to be kept from others.
    if (left) this.#afterwards.push(() => lane.release());
    else lane.release();
    if (!needed) await this.#end();
  }

  /** Blocks until the thread takes messages, or the time is over. */
  ready(waitMs: number): void {
    Atomics.wait(this.#state, STATE.ready, 0, waitMs);
  }

  #send(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWriter): void {
    if (typeof message === 'number') this.#lanes.get(message)?.news();
    else if ('trouble' in message) this.#lanes.get(message.trouble)?.trouble(toError(message.error));
    else if ('staged' in message) this.#lanes.get(message.staged)?.stage?.heard(message.message);
    else if ('rotated' in message) this.#rotating.get(message.rotated)?.(message);
    else if ('closed' in message) this.#closing.get(message.closed)?.(message);
    else if ('ended' in message) void this.#end();
    else {
      this.#afterGuests();
      if (this.#lanes.size > 0) return;
      this.#gone(); // whoever opens a file from now on gets another thread
      this.#send({ end: true });
    }
  }

  readonly #onExit = (): void => void this.finish(LAST_MS);

  async #end(): Promise<void> {
    if (this.#lanes.size > 0) return;
    this.#gone();
    this.#afterGuests();
    process.off('exit', this.#onExit);
    this.#worker.removeAllListeners('exit');
    await this.#worker.terminate();
  }

  #lose(error: Error): void {
    process.off('exit', this.#onExit);
    this.#gone();
    const lanes = [...this.#lanes.values()];
    this.#lanes.clear();
    for (const done of this.#closing.values()) done({ needed: false, left: false });
    for (const answer of this.#rotating.values()) answer({ error: toPlainError(error) });
    for (const lane of lanes) lane.lost(error);
    this.#afterGuests();
    this.#tellGuests(error);
  }

  #afterGuests(): void {
    for (const release of this.#afterwards.splice(0)) release();
  }

  #tellGuests(error: Error): void {
    if (this.#number === undefined) return;
    const channel = new BroadcastChannel(OFFERS);
    channel.postMessage({ lost: this.#number, error: toPlainError(error) } satisfies ToAll);
    channel.close();
  }
}
