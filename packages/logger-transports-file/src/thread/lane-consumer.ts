import {
  FLAG,
  frameSpace,
  HEADER_BYTES,
  HOLD,
  type LaneMemory,
  openLane,
  STAGE_SHIFT,
  WORD,
  WRAP,
} from './lane-memory';

/** A frame in the ring; its bytes stay there until it is released. */
export interface Frame {
  readonly bytes: Buffer;
  readonly records: number;
  readonly durable: boolean;
  /** A record may hold line breaks of its own. */
  readonly multiline: boolean;
  /** For the lines' stage. */
  readonly word: number;
  /** Where the ring goes on behind it. */
  readonly end: number;
}

const LINGER_MS = 2;

/** The reading end of a lane; lives in the writer thread. */
export class LaneConsumer {
  readonly #memory: LaneMemory;

  constructor(shared: SharedArrayBuffer) {
    this.#memory = openLane(shared);
  }

  /**
   * The next frame, or undefined when there is none; then the producer knows that it has to send a message.
   *
   * @param linger - whether to wait for one for a moment
   */
  next(linger = true): Frame | undefined {
    const { words } = this.#memory;
    if (Atomics.load(words, WORD.failed) === 1 || Atomics.load(words, WORD.hold) === HOLD.takenBack) {
      this.#rest();
      return;
    }
    const read = Atomics.load(words, WORD.read);
    // A busy logger's next frame is a moment away: waiting here spares it the price of a message.
    if (linger) Atomics.wait(words, WORD.write, read, LINGER_MS);
    if (read === Atomics.load(words, WORD.write)) {
      Atomics.store(words, WORD.asleep, 1);
      // The producer may have written between the look and the flag, and then sends no message.
      if (read === Atomics.load(words, WORD.write)) return undefined;
    }
    Atomics.store(words, WORD.asleep, 0);
    return this.#frameAt(read);
  }

  /** The frame behind another, if it is there already. */
  after({ end }: Frame): Frame | undefined {
    return end === Atomics.load(this.#memory.words, WORD.write) ? undefined : this.#frameAt(end);
  }

  #frameAt(at: number): Frame {
    const { ring, headers } = this.#memory;
    const start = headers.getInt32(at, true) === WRAP ? 0 : at;
    const bytes = headers.getInt32(start, true);
    const flags = headers.getInt32(start + 8, true);
    return {
      bytes: ring.subarray(start + HEADER_BYTES, start + HEADER_BYTES + bytes),
      records: headers.getInt32(start + 4, true),
      durable: (flags & FLAG.durable) !== 0,
      multiline: (flags & FLAG.multiline) !== 0,
      word: flags >>> STAGE_SHIFT,
      end: start + frameSpace(bytes),
    };
  }

  /** Whether every frame is in the file, or the one at hand cannot be written now. */
  get empty(): boolean {
    const { words } = this.#memory;
    return Atomics.load(words, WORD.failed) === 1 || Atomics.load(words, WORD.read) === Atomics.load(words, WORD.write);
  }

  /** Whether a frame is there, and may be written. */
  get waiting(): boolean {
    return !this.empty && Atomics.load(this.#memory.words, WORD.hold) === HOLD.none;
  }

  /** Begins with what is in the ring; false when the producer has taken it back. */
  begin(): boolean {
    const { words } = this.#memory;
    return Atomics.compareExchange(words, WORD.hold, HOLD.none, HOLD.writing) === HOLD.none;
  }

  /** Between {@link begin} and {@link end}: whether it is inside a system call. */
  set busy(busy: boolean) {
    Atomics.store(this.#memory.words, WORD.hold, busy ? HOLD.writing : HOLD.waiting);
  }

  end(): void {
    Atomics.compareExchange(this.#memory.words, WORD.hold, HOLD.waiting, HOLD.none);
  }

  set segments(segments: number) {
    Atomics.store(this.#memory.words, WORD.segments, segments);
  }

  /** The frame is in the file. */
  release(frame: Frame): void {
    const { words } = this.#memory;
    Atomics.store(words, WORD.read, frame.end);
    Atomics.add(words, WORD.done, 1);
    this.#signal();
  }

  /** Frames that went together are not in the file, but for some records from the start of the first. */
  failAll(frames: readonly Frame[], error: Error, records: number): void {
    let left = records;
    for (const frame of frames) {
      if (left < frame.records || frame.records === 0) {
        this.fail(error, left);
        return;
      }
      this.release(frame);
      left -= frame.records;
    }
  }

  /** The frame is not in the file, but for some records at its start. */
  fail(error: Error, records: number): void {
    const { words, error: text } = this.#memory;
    const { code } = error as NodeJS.ErrnoException;
    const json = JSON.stringify({ message: error.message.slice(0, 500), ...(code === undefined ? {} : { code }) });
    words[WORD.errorLength] = text.write(json);
    words[WORD.failedRecords] = records;
    Atomics.store(words, WORD.asleep, 1);
    Atomics.store(words, WORD.failed, 1);
    this.#signal();
  }

  #rest(): undefined {
    Atomics.store(this.#memory.words, WORD.asleep, 1);
    return undefined;
  }

  #signal(): void {
    Atomics.add(this.#memory.words, WORD.signal, 1);
    Atomics.notify(this.#memory.words, WORD.signal);
  }
}
