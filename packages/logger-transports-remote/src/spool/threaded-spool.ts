import { type SpoolEvents, type SpoolStore, threadFile } from '@metaexpert/logger-core';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { RemoteError } from '../errors';
import { FRAME_HEAD_BYTES, ENTRY, layFrame } from './frame';
import { type FromSpool, SIGNALS, type SpoolWorkerData, type ToSpool } from './messages';

const PACKAGE = '@metaexpert/logger-transports-remote';

export interface ThreadedSpoolOptions {
  readonly dir: string;
  readonly maxBytes: number;
  readonly fsync: boolean;
}

/** The end of a process waits so long for a job that is about to be finished. */
const EXIT_GRACE_MS = 100;

/** A spool's folder in a thread of its own: whoever logs never waits for its disk. */
export class ThreadedSpool implements SpoolStore {
  readonly #events: SpoolEvents;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signals = new Int32Array(new SharedArrayBuffer(Object.keys(SIGNALS).length * 4));
  /** Jobs asked for; opening the folder is the first. */
  #asked = 1;
  #telling = false;
  #closed: (() => void) | undefined;

  constructor(options: ThreadedSpoolOptions, events: SpoolEvents) {
    this.#events = events;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData: SpoolWorkerData = { ...options, port: port2, signals: this.#signals };
    // No stdio of its own, and nothing of the process' flags: the thread only ever touches its folder.
    const program = threadFile({ name: 'spool-thread.js', beside: __dirname, packageName: PACKAGE });
    this.#worker = new Worker(program, { workerData, transferList: [port2], execArgv: [] });
    this.#worker.on('error', (cause) => this.#died(cause));
    this.#worker.unref();
    port1.on('message', (message: FromSpool) => this.#tell(message));
    port1.unref();
  }

  get idle(): boolean {
    return Atomics.load(this.#signals, SIGNALS.done) === this.#asked;
  }

  append(first: number, bodies: readonly Uint8Array[]): void {
    const bytes = bodies.reduce((sum, { length }) => sum + FRAME_HEAD_BYTES + length, 0);
    const frames = Buffer.from(new ArrayBuffer(bytes));
    let at = 0;
    bodies.forEach((body, offset) => {
      layFrame(frames, at, ENTRY, first + offset, body);
      at += FRAME_HEAD_BYTES + body.length;
    });
    this.#ask({ append: frames, below: first + bodies.length }, [frames.buffer]);
  }

  read(from: number, limits: { readonly maxRecords: number; readonly maxBytes: number }): void {
    this.#ask({ read: from, limits });
  }

  acknowledge(below: number): void {
    this.#ask({ acknowledge: below });
  }

  poll(waitMs: number): void {
    if (this.#telling) return;
    const end = performance.now() + waitMs;
    for (let leftMs = waitMs; ; leftMs = end - performance.now()) {
      const moved = Atomics.load(this.#signals, SIGNALS.moved);
      if (this.#receive() || this.idle || leftMs <= 0) return;
      Atomics.wait(this.#signals, SIGNALS.moved, moved, leftMs);
    }
  }

  blocksExit(): boolean {
    return Atomics.wait(this.#signals, SIGNALS.busy, 1, EXIT_GRACE_MS) === 'timed-out';
  }

  async close(timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#closed = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#ask({ close: true });
    });
    this.#port.close();
    // Not awaited: a thread that hangs in a system call does not end.
    void this.#worker.terminate();
  }

  #ask(job: ToSpool, transfer: ArrayBuffer[] = []): void {
    this.#asked += 1;
    this.#port.postMessage(job, transfer);
  }

  /** Whether there was something. */
  #receive(): boolean {
    let any = false;
    for (let got = receiveMessageOnPort(this.#port); got !== undefined; got = receiveMessageOnPort(this.#port)) {
      this.#tell(got.message as FromSpool);
      any = true;
    }
    return any;
  }

  #tell(message: FromSpool): void {
    this.#telling = true;
    try {
      if ('opened' in message) this.#events.opened(message.opened, message.next);
      else if ('appended' in message) this.#events.appended(message.appended);
      else if ('read' in message) this.#events.read(message.read, message.entries);
      else if ('dropped' in message) this.#events.dropped(message.dropped);
      else if ('failed' in message) this.#failed(message);
      else if ('closed' in message) this.#closed?.();
    } finally {
      this.#telling = false;
    }
  }

  #failed({ failed, locked }: { readonly failed: Error; readonly locked?: boolean }): void {
    const code = locked === true ? 'MXL_SPOOL_LOCKED' : 'MXL_SPOOL_DISK';
    this.#events.failed(new RemoteError(code, failed.message, failed));
  }

  #died(cause: Error): void {
    this.#events.failed(new RemoteError('MXL_SPOOL_THREAD_DIED', cause.message, cause));
    this.#closed?.();
  }
}
