import {
  type DirectEntry,
  type Diagnostics,
  type DirectTransport,
  type Entry,
  lineBytes,
  type Settle,
  withBytes,
  type WriteResult,
} from '@metaexpert/logger-core';
import { SoleWriter } from './encryption/sole-writer';
import { FileError } from './errors';
import { openFiles } from './open-files';
import { type FileSettings } from './options/file-settings';
import { LaneKeeping } from './thread/lane-keeping';
import { MAX_FRAME_BYTES } from './thread/lane-memory';
import { LaneProducer } from './thread/lane-producer';
import { type LaneEnd, type Writer, writerFor } from './thread/writer-pool';

/** Batches in the ring at once; the ring's size is the real bound. */
const MAX_IN_FLIGHT = 256;

/** How long nothing may come back before a neighbour is suspected to hang. */
const STUCK_MS = 500;

interface Sent {
  readonly records: number;
  readonly settle: Settle;
}

export interface FileTransportParts {
  readonly settings: FileSettings;
  /** Whether a record may hold line breaks. */
  readonly multiline: boolean;
  /** Where to say what goes wrong beside the writing. */
  readonly diagnostics: Diagnostics;
}

/** A file, written by another thread: batches go there as bytes through shared memory, and come back as acknowledgements. */
export class FileTransport implements DirectTransport, LaneEnd {
  readonly maxInFlight = MAX_IN_FLIGHT;
  readonly settings: FileSettings;
  /** Whether a record may hold line breaks. */
  readonly #multiline: boolean;
  readonly #diagnostics: Diagnostics;
  readonly #sole: SoleWriter | undefined;
  #lane = new LaneProducer();
  readonly #sent: Sent[] = [];
  #writer: Writer | undefined;
  #id = 0;
  #progressMs = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor({ settings, multiline, diagnostics }: FileTransportParts) {
    this.settings = settings;
    this.#multiline = multiline;
    this.#diagnostics = diagnostics;
    this.#sole = settings.encryption && new SoleWriter(settings.path);
    this.#attach();
    openFiles.add(this);
  }

  get shared(): SharedArrayBuffer {
    return this.#lane.shared;
  }

  get segments(): number {
    return this.#lane.segments;
  }

  write(batch: readonly Entry[]): Promise<WriteResult> {
    return new Promise((resolve) => {
      if (!this.submit(withBytes(batch), resolve, false))
        resolve({ status: 'retry', error: new Error('the ring is full') });
    });
  }

  submit(batch: readonly DirectEntry[], settle: Settle, durable: boolean): boolean {
    const bytes = lineBytes(batch);
    if (bytes > MAX_FRAME_BYTES) {
      settle({ status: 'rejected', error: new FileError('MXL_FILE_RECORD_TOO_LARGE', `${bytes} bytes in one write`) });
      return true;
    }
    const inUse = this.#sole?.take();
    if (inUse !== undefined) {
      settle({ status: 'retry', error: inUse });
      return true;
    }
    const writer = this.#writer ?? this.#attach();
    const multiline = this.#multiline && batch.some(({ payload }) => payload.includes('\n'));
    if (!this.#lane.push(batch, bytes, durable, multiline)) return false;
    if (this.#sent.length === 0) this.#progressMs = performance.now();
    this.#sent.push({ records: batch.length, settle });
    this.#watchFor();
    if (this.#lane.asleep) writer.wake(this.#id);
    return true;
  }

  poll(waitMs: number): void {
    if (this.#sent.length === 0) return;
    if (waitMs > 0) this.#lane.wait(waitMs);
    const done = this.#lane.takeDone();
    if (done > 0) this.#progressMs = performance.now();
    for (let left = done; left > 0; left--) this.#sent.shift()?.settle({ status: 'delivered' });
    const failure = this.#lane.takeFailure();
    if (failure !== undefined) this.#fail(failure.records, failure.error);
    else if (this.#sent.length > 0 && performance.now() - this.#progressMs > STUCK_MS) this.#escape();
  }

  #look(): void {
    this.#watch = undefined;
    this.poll(0);
    if (this.#sent.length > 0) this.#watchFor();
  }

  #watchFor(): void {
    if (this.#watch === undefined) this.#watch = setTimeout(() => this.#look(), STUCK_MS).unref();
  }

  /**
   * Another file of the directory hangs and holds the thread. This one moves to a new thread with a new ring; what
   * was in the old one goes again, and the old thread, should it ever wake, finds nothing there to write twice.
   */
  #escape(): void {
    if (this.#writer?.isBusyElsewhere(this.#id) !== true || this.#lane.busy) return;
    this.#writer.abandon(this.#id);
    this.#lane.poison();
    this.#lane = new LaneProducer();
    this.#attach();
    for (const { records, settle } of this.#sent.splice(0)) {
      const retry = Array.from({ length: records }, (_, index) => index);
      settle({ status: 'partial', delivered: [], retry, rejected: [] });
    }
  }

  ready(waitMs: number): void {
    this.#writer?.ready(waitMs);
  }

  get busy(): boolean {
    return this.#lane.busy;
  }

  blocksExit(): boolean {
    return this.#lane.busy || new LaneKeeping(this.#lane.shared).isStuck();
  }

  /** Puts the live file aside; see {@link Writer.rotate}. */
  async rotate(hangUp: boolean): Promise<string | undefined> {
    const inUse = this.#sole?.take();
    if (inUse !== undefined) throw inUse;
    return this.#writer?.rotate(this.#id, hangUp);
  }

  trouble(error: Error): void {
    this.#diagnostics.report('temporary', error);
  }

  news(): void {
    this.poll(0);
  }

  lost(error: Error): void {
    this.#writer = undefined;
    this.poll(0);
    this.#lane.reset();
    if (this.#sent.length > 0) this.#fail(0, new FileError('MXL_FILE_THREAD_DIED', error.message));
  }

  async close(): Promise<void> {
    openFiles.delete(this);
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.close(this.#id);
    this.#sole?.release();
  }

  #attach(): Writer {
    this.#writer = writerFor(this.settings.path);
    this.#id = this.#writer.open(this);
    return this.#writer;
  }

  /** The first frame failed after some records; the frames behind it were not looked at. */
  #fail(written: number, error: Error): void {
    const [first, ...behind] = this.#sent.splice(0);
    if (first !== undefined) {
      const indexes = Array.from({ length: first.records }, (_, index) => index);
      const [delivered, retry] = [indexes.slice(0, written), indexes.slice(written)];
      first.settle(
        written === 0 ? { status: 'retry', error } : { status: 'partial', delivered, retry, rejected: [], error },
      );
    }
    for (const { settle } of behind) settle({ status: 'retry', error });
  }
}
