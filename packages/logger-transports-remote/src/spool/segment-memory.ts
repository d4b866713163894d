import { ENTRY, type Frame, readFrames } from './frame';
import { type Segment } from './segment-list';
import { type SpoolFs } from './spool-fs';

/** What was read of a segment. */
interface ReadSegment {
  readonly path: string;
  /** Bytes that had been written when it was read. */
  readonly size: number;
  readonly bytes: Buffer;
  readonly frames: readonly Frame[];
}

/** The segment that was read last: entries are asked for a few at a time. */
export class SegmentMemory {
  readonly #fs: SpoolFs;
  #last: ReadSegment | undefined;

  constructor(fs: SpoolFs) {
    this.#fs = fs;
  }

  /**
   * A segment's bytes and frames, read again when it has grown and what is wanted was not in it. What was read before the
   * segment grew tells nothing of the entries from `upTo` on.
   */
  of({ path, bytes: size }: Segment, from: number): ReadSegment & { readonly upTo: number } {
    let segment = this.#last;
    if (segment?.path !== path || (segment.size < size && lastEntry(segment) < from)) {
      const bytes = this.#fs.readFileSync(path);
      segment = { path, size, bytes, frames: readFrames(bytes) };
      this.#last = segment;
    }
    return { ...segment, upTo: segment.size < size ? lastEntry(segment) + 1 : Infinity };
  }

  /** @param path - of a segment that is another one now; every one without it */
  forget(path = this.#last?.path): void {
    if (this.#last?.path === path) this.#last = undefined;
  }
}

/** Index of the last entry; -1 without one. */
function lastEntry({ frames }: ReadSegment): number {
  return frames.findLast(({ kind }) => kind === ENTRY)?.index ?? -1;
}
