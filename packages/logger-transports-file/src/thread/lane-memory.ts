/** Indexes into a lane's control words. */
export const WORD = {
  /** Where the producer writes next, an offset into the ring. */
  write: 0,
  /** Where the consumer reads next. */
  read: 1,
  /** Frames written to the file since the lane was made. */
  done: 2,
  /** Changes whenever something has happened that the producer may wait for. */
  signal: 3,
  /** 1 while the consumer waits for a message. */
  asleep: 4,
  /** 1 when the frame at `read` has failed: the consumer stands still until the producer has reset the lane. */
  failed: 5,
  /** Records of the failed frame that are in the file all the same. */
  failedRecords: 6,
  /** Length of the error text. */
  errorLength: 7,
  /** What the consumer does with a frame: one of {@link HOLD}. */
  hold: 8,
  /** 1 while the keeper thread is at work for this lane. */
  keeping: 9,
  /** Changes with each of its steps. */
  kept: 10,
  /** Files that the consumer has begun or gone on with since the lane was made. */
  segments: 11,
  /** Who consumes a lane that a worker thread has offered: one of {@link OWNER}, or the number of a writer thread. */
  owner: 12,
} as const;

/** A frame belongs to one end at a time: the producer takes it back only while the consumer has not begun with it. */
export const HOLD = {
  none: 0,
  /** Inside a system call. */
  writing: 1,
  /** Begun, and not inside a call: a pipe is full, or the frame is about to be let go. */
  waiting: 2,
  /** The producer has taken back all that is here, for good. */
  takenBack: 3,
} as const;

/** Positive numbers are writer threads. */
export const OWNER = {
  nobody: 0,
  /** The thread that has made it: it has a writer of its own. */
  maker: -1,
  /** Nobody may: the file is encrypted otherwise. */
  refused: -2,
} as const;

const CONTROL_BYTES = 64;
const ERROR_BYTES = 2048;

/** A frame may fill half of it; pages that are never reached cost nothing. */
export const RING_BYTES = 8 * 1024 * 1024;
export const MAX_FRAME_BYTES = RING_BYTES / 2 - 64;

/** Header of a frame: its bytes, its records, its flags. */
export const HEADER_BYTES = 12;
/** In the place of a frame's bytes: go on at the beginning of the ring. */
export const WRAP = -1;

export const FLAG = { durable: 1, multiline: 2 } as const;
/** Above the flags: what the lines' stage is told. */
export const STAGE_SHIFT = 8;

/** The memory that a lane's two ends share: control words, an error text, and a ring of frames. */
export interface LaneMemory {
  readonly words: Int32Array;
  readonly error: Buffer;
  readonly ring: Buffer;
  readonly headers: DataView;
}

export function allocateLane(): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(CONTROL_BYTES + ERROR_BYTES + RING_BYTES);
  // The consumer begins by waiting for a message.
  openLane(shared).words[WORD.asleep] = 1;
  return shared;
}

export function openLane(shared: SharedArrayBuffer): LaneMemory {
  const start = CONTROL_BYTES + ERROR_BYTES;
  return {
    words: new Int32Array(shared, 0, CONTROL_BYTES / 4),
    error: Buffer.from(shared, CONTROL_BYTES, ERROR_BYTES),
    ring: Buffer.from(shared, start, RING_BYTES),
    headers: new DataView(shared, start, RING_BYTES),
  };
}

/** Bytes that a frame takes in the ring, header included, aligned. */
export function frameSpace(bytes: number): number {
  return (HEADER_BYTES + bytes + 3) & ~3;
}
