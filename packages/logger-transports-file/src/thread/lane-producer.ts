import { type LineEntry, writeLines } from '@metaexpert/logger-core';
import {
  allocateLane,
  FLAG,
  frameSpace,
  HEADER_BYTES,
  HOLD,
  type LaneMemory,
  MAX_FRAME_BYTES,
  openLane,
  RING_BYTES,
  STAGE_SHIFT,
  WORD,
  WRAP,
} from './lane-memory';

/** An empty ring starts over when there is room for so many frames of a size. */
const ROOMY_FRAMES = 16;

/** How the consumer ended a frame that it could not write. */
export interface LaneFailure {
  /** Records of the frame, from its start, that are in the file all the same. */
  readonly records: number;
  readonly error: Error;
}

export interface FrameToPush {
  /** What the batch takes as lines. */
  readonly bytes: number;
  readonly durable: boolean;
  readonly multiline: boolean;
  /** For the lines' stage. */
  readonly word: number;
}

/** The writing end of a lane; lives in the thread of the logger. Never waits, save in {@link wait}. */
export class LaneProducer {
  readonly shared = allocateLane();
  readonly #memory: LaneMemory = openLane(this.shared);
  #done = 0;

  /**
   * Puts a frame into the ring and hands it to the consumer; false when the ring has no room now.
   *
   * @throws RangeError when it would never have room
   */
  push(batch: readonly LineEntry[], { bytes, durable, multiline, word }: FrameToPush): boolean {
    if (bytes > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${bytes} bytes is larger than ${MAX_FRAME_BYTES}`);
    const start = this.#reserve(frameSpace(bytes));
    if (start < 0) return false;
    const { words, headers, ring } = this.#memory;
    writeLines(batch, ring, start + HEADER_BYTES);
    headers.setInt32(start, bytes, true);
    headers.setInt32(start + 4, batch.length, true);
    const flags = (durable ? FLAG.durable : 0) | (multiline ? FLAG.multiline : 0);
    headers.setInt32(start + 8, flags | (word << STAGE_SHIFT), true);
    Atomics.store(words, WORD.write, start + frameSpace(bytes));
    Atomics.notify(words, WORD.write);
    return true;
  }

  /** Whether the consumer has to be woken by a message. */
  get asleep(): boolean {
    return Atomics.load(this.#memory.words, WORD.asleep) === 1;
  }

  /** Bytes in the ring that the consumer has not finished with. */
  get backlog(): number {
    const { words } = this.#memory;
    const bytes = Atomics.load(words, WORD.write) - Atomics.load(words, WORD.read);
    return bytes < 0 ? bytes + RING_BYTES : bytes;
  }

  get busy(): boolean {
    return Atomics.load(this.#memory.words, WORD.hold) === HOLD.writing;
  }

  /** Files begun or gone on with by the consumer. */
  get segments(): number {
    return Atomics.load(this.#memory.words, WORD.segments);
  }

  /**
   * What has become of the frames since the last call. The failure is looked for first: frames that are finished between the two
   * looks would else be taken for those that failed, and go again.
   */
  takeNews(): { readonly done: number; readonly failure: LaneFailure | undefined } {
    const failed = Atomics.load(this.#memory.words, WORD.failed) === 1;
    const done = this.takeDone();
    return { done, failure: failed ? this.takeFailure() : undefined };
  }

  /** Frames finished since the last call. */
  takeDone(): number {
    const done = Atomics.load(this.#memory.words, WORD.done);
    const news = (done - this.#done) | 0;
    this.#done = done;
    return news;
  }

  /** The failure of the frame after those done, if there is one; the lane is empty and goes on afterwards. */
  takeFailure(): LaneFailure | undefined {
    const { words, error } = this.#memory;
    if (Atomics.load(words, WORD.failed) === 0) return undefined;
    const text = error.toString('utf8', 0, words[WORD.errorLength]);
    const { message, ...rest } = JSON.parse(text) as { message: string; code?: string };
    const failure = { records: words[WORD.failedRecords] ?? 0, error: Object.assign(new Error(message), rest) };
    this.reset();
    return failure;
  }

  /** Forgets what is in the ring. Only while the consumer stands still: after a failure, or when its thread is gone. */
  reset(): void {
    const { words } = this.#memory;
    Atomics.store(words, WORD.write, 0);
    Atomics.store(words, WORD.read, 0);
    Atomics.store(words, WORD.hold, HOLD.none);
    Atomics.store(words, WORD.asleep, 1);
    Atomics.store(words, WORD.failed, 0);
  }

  /** Takes back all frames, for good: the consumer finds nothing here any more. False when it has begun with one. */
  takeBack(): boolean {
    return Atomics.compareExchange(this.#memory.words, WORD.hold, HOLD.none, HOLD.takenBack) === HOLD.none;
  }

  /** Blocks until the consumer has done something, or the time is over. */
  wait(ms: number): void {
    const { words } = this.#memory;
    const signal = Atomics.load(words, WORD.signal);
    const news = Atomics.load(words, WORD.done) !== this.#done || Atomics.load(words, WORD.failed) === 1;
    if (!news) Atomics.wait(words, WORD.signal, signal, ms);
  }

  /**
   * Where a frame of that size goes, or -1. An empty ring starts over, so that a quiet lane touches little memory; but not while that
   * leaves no room for more frames of the size, which would be refused until the consumer has got there.
   */
  #reserve(space: number): number {
    const { words, headers } = this.#memory;
    const write = Atomics.load(words, WORD.write);
    const read = Atomics.load(words, WORD.read);
    if (write < read) return write + space < read ? write : -1;
    const fitsAtEnd = write + space <= RING_BYTES - HEADER_BYTES;
    const fitsAtStart = space < read;
    const startsOver = write === read && space * ROOMY_FRAMES < read;
    if (fitsAtEnd && !startsOver) return write;
    if (!fitsAtStart) return -1;
    headers.setInt32(write, WRAP, true);
    return 0;
  }
}
