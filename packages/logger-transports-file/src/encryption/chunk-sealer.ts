import { type KeyObject } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { FileError } from '../errors';
import { CHUNK_OVERHEAD_BYTES, sealChunk } from './chunk';
import { ChunkChain, WINDOW_BYTES } from './chunk-chain';
import { makeSegment, MAX_HEADER_BYTES, type Segment, type SegmentBefore, segmentKey, TAG_BYTES } from './segment';

/** What a writer needs to encrypt a file. Crosses the thread boundary; a KeyObject prints and serializes as nothing. */
export interface EncryptionSettings {
  readonly keyId: string;
  readonly key: KeyObject;
  /** Whether chunks are compressed before they are encrypted. */
  readonly compress: boolean;
}

/** Makes the chunks of one file after the other, as the writer opens them. */
export class ChunkSealer {
  readonly #settings: EncryptionSettings;
  #before: SegmentBefore | undefined;
  #current: { readonly segment: Segment; readonly key: Buffer } | undefined;
  #counter = 0;

  constructor(settings: EncryptionSettings) {
    this.#settings = settings;
  }

  /** More than this is never added to a text. */
  get overheadBytes(): number {
    return CHUNK_OVERHEAD_BYTES + (this.#current === undefined ? MAX_HEADER_BYTES : 0);
  }

  /**
   * Goes on with a file that was just opened: the next chunk begins a segment with a salt of its own.
   *
   * @returns up to where it is whole; undefined when it is no encrypted log, or a damaged one, and nothing may be added
   */
  resume(path: string, size: number): number | undefined {
    this.#current = undefined;
    this.#before = undefined;
    if (size === 0) return 0;
    const fd = openSync(path, 'r');
    try {
      return this.#walk(fd, size);
    } catch (thrown) {
      if (thrown instanceof FileError) return undefined;
      throw thrown;
    } finally {
      closeSync(fd);
    }
  }

  #walk(fd: number, size: number): number {
    const chain = new ChunkChain();
    const window = Buffer.alloc(WINDOW_BYTES);
    while (chain.position < size) {
      const read = readSync(fd, window, 0, WINDOW_BYTES, chain.windowStart);
      if (chain.step(window.subarray(0, read), size) === 'torn') break;
    }
    const { segment, position } = chain;
    if (segment === undefined) return position;
    const link = Buffer.alloc(TAG_BYTES);
    readSync(fd, link, 0, TAG_BYTES, position - TAG_BYTES);
    this.#before = { fileId: segment.fileId, number: segment.number, link };
    return position;
  }

  /** The bytes to append: a chunk, and before the first one the segment's header. */
  seal(text: Buffer): Buffer {
    const begun = this.#current;
    const { segment, key } = (this.#current ??= this.#begin());
    const chunk = sealChunk(text, { segment, key, counter: this.#counter, compress: this.#settings.compress });
    this.#counter += 1;
    this.#before = { fileId: segment.fileId, number: segment.number, link: chunk.subarray(-TAG_BYTES) };
    return begun === undefined ? Buffer.concat([segment.header, chunk]) : chunk;
  }

  #begin(): { segment: Segment; key: Buffer } {
    const { keyId, key } = this.#settings;
    const segment = makeSegment(keyId, key, this.#before);
    this.#counter = 0;
    return { segment, key: segmentKey(segment, key) };
  }
}
