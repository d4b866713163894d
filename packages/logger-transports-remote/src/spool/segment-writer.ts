import { ACKNOWLEDGEMENT, FRAME_HEAD_BYTES, layFrame, LENT, sealFrame } from './frame';
import { type SpoolFs } from './spool-fs';

export interface SegmentWriterOptions {
  readonly path: string;
  readonly fsync: boolean;
  readonly fs: SpoolFs;
}

/** The segment that is being written. What a failed write leaves behind is cut off, or passed over by the reader. */
export class SegmentWriter {
  readonly #fs: SpoolFs;
  readonly #fsync: boolean;
  readonly #fd: number;
  #bytes: number;

  constructor({ path, fsync, fs }: SegmentWriterOptions) {
    this.#fs = fs;
    this.#fsync = fsync;
    this.#fd = fs.openSync(path, 'a');
    this.#bytes = fs.statSync(path).size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws what the system says; then none of it counts */
  write(frames: Uint8Array): void {
    try {
      for (let at = 0; at < frames.length;) at += this.#fs.writeSync(this.#fd, frames, at, frames.length - at);
      if (this.#fsync) this.#fs.fdatasyncSync(this.#fd);
      this.#bytes += frames.length;
    } catch (thrown) {
      this.#cut();
      throw thrown;
    }
  }

  /** Notes that all entries below have been settled. */
  acknowledge(below: number): void {
    this.#note(ACKNOWLEDGEMENT, below);
  }

  /** Notes that entries below are in memory alone. */
  lend(below: number): void {
    this.#note(LENT, below);
  }

  close(): void {
    this.#fs.closeSync(this.#fd);
  }

  #note(kind: number, index: number): void {
    const frame = Buffer.alloc(FRAME_HEAD_BYTES);
    layFrame(frame, 0, kind, index, frame.subarray(0, 0));
    sealFrame(frame, 0);
    this.write(frame);
  }

  #cut(): void {
    try {
      this.#fs.ftruncateSync(this.#fd, this.#bytes);
    } catch {
      // The disk takes nothing at all: the rest of a frame stays, and readers pass over it.
      this.#bytes += 0;
    }
  }
}
