import { FileError } from '../errors';
import { type ChunkHead, HEAD_BYTES, parseChunkHead } from './chunk';
import { MAGIC, MAX_HEADER_BYTES, parseSegment, type Segment, TAG_BYTES } from './segment';

/** A chunk, and where it stands. */
export interface PlacedChunk {
  readonly head: ChunkHead;
  readonly segment: Segment;
  /** Of its stored bytes. */
  readonly position: number;
}

/** What stands at the chain's position. */
export type Link = { readonly chunk: PlacedChunk } | { readonly segment: Segment } | 'torn';

/** How many bytes of the file a step may look at, from {@link ChunkChain.windowStart} on. */
export const WINDOW_BYTES = TAG_BYTES + MAX_HEADER_BYTES;

/**
 * Goes through the segments and chunks of a file and sees that none is missing, doubled or out of order. Reads nothing itself:
 * who drives it hands it the bytes.
 */
export class ChunkChain {
  /** Up to here all is whole. */
  position = 0;
  segment: Segment | undefined;
  /** The sixteen bytes before the position. */
  link: Buffer = Buffer.alloc(TAG_BYTES);
  #counter = 0;

  get windowStart(): number {
    return Math.max(0, this.position - TAG_BYTES);
  }

  /**
   * One step.
   *
   * @param window - the file from {@link windowStart} on, {@link WINDOW_BYTES} of it or all
   * @param size - of the file
   * @throws FileError `MXL_FILE_DAMAGED` when what stands there cannot follow what stands before it
   */
  step(window: Buffer, size: number): Link {
    if (this.position > 0) this.link = Buffer.from(window.subarray(0, TAG_BYTES));
    const bytes = window.subarray(this.position - this.windowStart);
    if (bytes.subarray(0, MAGIC.length).equals(MAGIC)) return this.#enterSegment(bytes);
    if (MAGIC.subarray(0, bytes.length).equals(bytes)) return 'torn';
    if (this.segment === undefined) throw this.#damaged('this is no encrypted log');
    if (bytes.length < HEAD_BYTES) return 'torn';
    const head = parseChunkHead(bytes);
    if (head === undefined) throw this.#damaged('neither a chunk nor a segment begins');
    if (head.counter !== this.#counter) throw this.#damaged(`chunk ${head.counter} instead of chunk ${this.#counter}`);
    const position = this.position + HEAD_BYTES;
    const end = position + head.storedBytes + TAG_BYTES;
    if (end > size) return 'torn';
    this.#counter += 1;
    this.position = end;
    return { chunk: { head, segment: this.segment, position } };
  }

  #enterSegment(bytes: Buffer): Link {
    const segment = parseSegment(bytes);
    if (segment === undefined) return 'torn';
    const { fileId, number, link } = segment;
    const before = this.segment;
    const expected = before === undefined ? 0 : before.number + 1;
    if (number !== expected) throw this.#damaged(`segment ${number} instead of segment ${expected}`);
    if (before !== undefined && !before.fileId.equals(fileId)) throw this.#damaged('a segment of another file');
    if (!link.equals(this.link)) throw this.#damaged('something before this segment is missing');
    this.segment = segment;
    this.#counter = 0;
    this.position += segment.header.length;
    return { segment };
  }

  #damaged(what: string): FileError {
    return new FileError('MXL_FILE_DAMAGED', `${what} at byte ${this.position}`);
  }
}
