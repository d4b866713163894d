import { isMainThread } from 'node:worker_threads';
import {
  type DirectEntry,
  type Diagnostics,
  type DirectTransport,
  type Entry,
  lineBytes,
  type Settle,
  type StageSource,
  writeBySubmit,
  type WriteResult,
} from '@metaexpert/logger-core';
import { SoleWriter } from './encryption/sole-writer';
import { FileError } from './errors';
import { openFiles } from './open-files';
import { type FileSettings } from './options/file-settings';
import { type LaneEnd } from './thread/lane-end';
import { type LaneHome } from './thread/lane-home';
import { LaneKeeping } from './thread/lane-keeping';
import { MAX_FRAME_BYTES } from './thread/lane-memory';
import { LaneProducer } from './thread/lane-producer';
import { failSent, sendAgain, type Sent } from './thread/sent-frames';
import { homeFor } from './thread/writer-pool';

/** Batches in the ring at once; the ring's size is the real bound. */
const MAX_IN_FLIGHT = 256;

/** How long nothing may come back before a neighbour is suspected to hang. */
const STUCK_MS = 500;

export interface FileTransportParts {
  readonly settings: FileSettings;
  /** Whether a record may hold line breaks. */
  readonly multiline: boolean;
  /** Where to say what goes wrong beside the writing. */
  readonly diagnostics: Diagnostics;
  /** What is done with the lines in the writer thread. */
  readonly stage?: StageSource | undefined;
}

/** A file, written by another thread: batches go there as bytes through shared memory, and come back as acknowledgements. */
export class FileTransport implements DirectTransport, LaneEnd {
  readonly maxInFlight = MAX_IN_FLIGHT;
  readonly settings: FileSettings;
  readonly stage: StageSource | undefined;
  readonly staged: boolean;
  readonly #multiline: boolean;
  readonly #diagnostics: Diagnostics;
  readonly #sole: SoleWriter | undefined;
  #lane = new LaneProducer();
  readonly #sent: Sent[] = [];
  #home: LaneHome | undefined;
  #progressMs = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor({ settings, multiline, diagnostics, stage }: FileTransportParts) {
    this.settings = settings;
    // A lane of a worker thread may go to the main thread's writer, which asks for no code of others.
    this.stage = isMainThread ? stage : undefined;
    this.staged = this.stage !== undefined;
    this.#multiline = multiline;
    this.#diagnostics = diagnostics;
    this.#sole = settings.encryption && new SoleWriter(settings.path);
    this.#attach();
    openFiles.add(this);
  }

  get shared(): SharedArrayBuffer {
    return this.#lane.shared;
  }

  get backlog(): number {
    return this.#lane.backlog;
  }

  get segments(): number {
    return this.#lane.segments;
  }

  write(batch: readonly Entry[]): Promise<WriteResult> {
    return writeBySubmit(this, batch);
  }

  submit(batch: readonly DirectEntry[], settle: Settle, durable: boolean, word = 0): boolean {
    const bytes = lineBytes(batch);
    if (bytes > MAX_FRAME_BYTES) {
      settle({ status: 'rejected', error: new FileError('MXL_FILE_RECORD_TOO_LARGE', `${bytes} bytes in one write`) });
      return true;
    }
    const home = this.#home ?? this.#attach();
    const error = home.refusal();
    if (error !== undefined) {
      settle({ status: 'retry', error });
      return true;
    }
    const multiline = this.#multiline && batch.some(({ payload }) => payload.includes('\n'));
    if (!this.#lane.push(batch, { bytes, durable, multiline, word })) return false;
    if (this.#sent.length === 0) this.#progressMs = performance.now();
    this.#sent.push({ records: batch.length, settle });
    this.#watchFor();
    if (this.#lane.asleep) home.wake();
    return true;
  }

  poll(waitMs: number): void {
    if (this.#sent.length === 0) return;
    this.#home?.poll();
    if (waitMs > 0) this.#lane.wait(waitMs);
    const { done, failure } = this.#lane.takeNews();
    if (done > 0) this.#progressMs = performance.now();
    for (let left = done; left > 0; left--) this.#sent.shift()?.settle({ status: 'delivered' });
    if (failure !== undefined) failSent(this.#sent.splice(0), failure.records, failure.error);
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
    if (this.#home?.heldUp !== true || !this.#lane.takeBack()) return;
    this.#home.abandon();
    this.#lane = new LaneProducer();
    this.#attach();
    sendAgain(this.#sent.splice(0));
  }

  finish(waitMs: number): boolean {
    return this.#home?.finish(waitMs) ?? true;
  }

  ready(waitMs: number): void {
    this.#home?.ready(waitMs);
  }

  get busy(): boolean {
    return this.#lane.busy;
  }

  blocksExit(): boolean {
    // A thread of the main thread's holds up the end of that one alone.
    if (this.#home?.ours !== true) return false;
    return this.#lane.busy || this.#home.hangsForOthers || new LaneKeeping(this.#lane.shared).isStuck();
  }

  /** Puts the live file aside; see {@link LaneHome.rotate}. */
  async rotate(hangUp: boolean): Promise<string | undefined> {
    const error = this.#home?.refusal();
    if (error !== undefined) throw error;
    return this.#home?.rotate(hangUp);
  }

  hold(): Error | undefined {
    return this.#sole?.take();
  }

  release(): void {
    this.#sole?.release();
  }

  trouble(error: Error): void {
    this.#diagnostics.report('temporary', error);
  }

  news(): void {
    this.poll(0);
  }

  lost(error: Error): void {
    this.#home?.abandon();
    this.#home = undefined;
    this.poll(0);
    this.#lane.reset();
    const failure = error instanceof FileError ? error : new FileError('MXL_FILE_THREAD_DIED', error.message);
    failSent(this.#sent.splice(0), 0, failure);
  }

  async close(): Promise<void> {
    openFiles.delete(this);
    const home = this.#home;
    this.#home = undefined;
    await home?.close();
    if (home === undefined) this.release();
  }

  #attach(): LaneHome {
    return (this.#home = homeFor(this));
  }
}
