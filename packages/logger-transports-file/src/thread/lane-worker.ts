import { type LineStage } from '@metaexpert/logger-core';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Frame, LaneConsumer } from './lane-consumer';
import { type OwnedFile } from './owned-file';
import { type FramesFailure, writeFrames } from './write-frames';

/** How long frames are written before the thread looks at its messages and other lanes. */
const TURN_MS = 20;

/** How long a lane waits at most for what an older one of the same file still has to write. */
const FOLLOW_MS = 1000;

/** A disk that took longer for the last write gets all that waits at once, up to so many bytes. */
const [SLOW_MS, MAX_GATHERED_BYTES] = [2, 4 * 1024 * 1024];

/** How a disk says that it is full. */
const FULL_CODES = ['ENOSPC', 'EDQUOT'];

export interface LaneWorkerParts {
  readonly shared: SharedArrayBuffer;
  /** The file that it writes at the moment. */
  readonly file: () => OwnedFile;
  /** What is done with lines first. */
  readonly stage?: LineStage | undefined;
  /** Lanes that write the same file and were there before: what they have goes first. */
  readonly before: readonly LaneWorker[];
  /** Whether another lane of the thread has something to write. */
  readonly crowded: () => boolean;
  /** Called when a system call begins, and when it is over. */
  readonly onCall?: () => void;
  /** Called when there is nothing left to do, or nothing can be done. */
  readonly rest: () => void;
}

/** One lane in the writer thread: takes frames out of the ring and appends them to its file. */
export class LaneWorker {
  readonly #consumer: LaneConsumer;
  readonly #file: () => OwnedFile;
  readonly #stage: LineStage | undefined;
  readonly #crowded: () => boolean;
  readonly #onCall: (() => void) | undefined;
  readonly #rest: () => void;
  #running: Promise<void> | undefined;
  #requests: (() => Promise<void>)[] = [];
  #before: readonly LaneWorker[];
  #slow = false;
  /** When the event loop turned last, as far as is known. */
  #turnMs = performance.now();

  constructor({ shared, file, stage, before, crowded, onCall, rest }: LaneWorkerParts) {
    this.#before = before;
    this.#consumer = new LaneConsumer(shared);
    this.#file = file;
    this.#stage = stage;
    this.#crowded = crowded;
    this.#onCall = onCall;
    this.#rest = rest;
  }

  /** Whether it has something to write, and may. */
  get waiting(): boolean {
    return this.#before.length === 0 && this.#consumer.waiting;
  }

  /** Whether it does nothing and has nothing to do. */
  get idle(): boolean {
    return this.#running === undefined && this.#requests.length === 0 && !this.#consumer.waiting;
  }

  wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.#rest();
    });
  }

  /**
   * Puts the live file aside between two frames and opens the next.
   *
   * @param hangUp - a file that somebody has moved away is only opened anew
   * @returns where it is now; undefined when there was nothing to put aside
   * @throws why it could not be put aside
   */
  rotate(hangUp: boolean): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.#requests.push(async () => {
        const owned = this.#file();
        await owned.exclusive(async () => {
          const { file } = owned;
          const aside = (await file.prepare()) ?? (hangUp ? file.hangUp() : file.rotate());
          const failure = aside instanceof Error ? aside : await file.prepare();
          if (failure !== undefined) reject(failure);
          else resolve(aside as string | undefined);
          owned.keep();
        });
      });
      this.wake();
    });
  }

  /** Resolves when it is at rest. */
  async end(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await this.#follow();
    await this.#serve();
    for (let frame = await this.#next(); frame !== undefined; frame = await this.#next()) {
      const owned = this.#file();
      const first = frame;
      if (!(await owned.exclusive(() => this.#handle(owned, first)))) break;
      // Counted over runs: Node hands over up to a thousand messages in one turn, and each may begin one.
      if (performance.now() - this.#turnMs > TURN_MS) {
        await nextTurn();
        this.#turnMs = performance.now();
      }
      await this.#serve();
    }
  }

  /** Waits for a frame only while no other lane has one. */
  async #next(): Promise<Frame | undefined> {
    if (!this.#consumer.waiting && this.#crowded()) await nextTurn();
    return this.#consumer.next(!this.#crowded());
  }

  /** False when the frame is not this thread's any more. */
  async #handle(owned: OwnedFile, first: Frame): Promise<boolean> {
    if (!this.#consumer.begin()) return false;
    const frames = this.#gather(first);
    const startMs = performance.now();
    this.#onCall?.();
    const failed = await writeFrames({
      file: owned.file,
      frames,
      stage: this.#stage,
      busy: (busy) => this.#setBusy(busy),
    }).catch((thrown: unknown): FramesFailure => ({ error: thrown as Error, records: 0 }));
    this.#consumer.segments = owned.file.segments;
    this.#slow = performance.now() - startMs > SLOW_MS;
    // Not busy, because a process at its end takes a busy lane with all records written for one that hangs.
    this.#setBusy(false);
    if (failed === undefined) for (const one of frames) this.#consumer.release(one);
    else this.#fail(owned, frames, failed.error, failed.records);
    this.#consumer.end();
    return true;
  }

  #setBusy(busy: boolean): void {
    this.#consumer.busy = busy;
    this.#onCall?.();
  }

  /** What waits behind a frame, when the disk is slow: one write, and one fsync, for many. */
  #gather(first: Frame): Frame[] {
    const frames = [first];
    if (!this.#slow || first.multiline || first.word !== 0) return frames;
    let bytes = first.bytes.length;
    for (let next = this.#consumer.after(first); next !== undefined; next = this.#consumer.after(next)) {
      bytes += next.bytes.length;
      if (next.multiline || next.word !== 0 || bytes > MAX_GATHERED_BYTES) break;
      frames.push(next);
    }
    return frames;
  }

  /** A logger that was configured anew goes on in the same file behind what it had logged before. */
  async #follow(): Promise<void> {
    const before = this.#before;
    if (before.length === 0) return;
    const end = performance.now() + FOLLOW_MS;
    const mayWrite = (lane: LaneWorker): boolean => lane.#running !== undefined || !lane.#consumer.empty;
    while (before.some(mayWrite) && performance.now() < end) await nextTurn();
    this.#before = [];
  }

  async #serve(): Promise<void> {
    for (const request of this.#requests.splice(0)) await request();
  }

  #fail(owned: OwnedFile, frames: readonly Frame[], error: Error, records: number): void {
    this.#consumer.failAll(frames, error, records);
    const full = FULL_CODES.includes((error as NodeJS.ErrnoException).code ?? '');
    if (full) owned.keep();
  }
}
