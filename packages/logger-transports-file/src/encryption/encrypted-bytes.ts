import { FileError } from '../errors';
import { type PlainBytes } from '../reading/plain-bytes';
import { type SeekableBytes } from '../reading/stored-bytes';
import { ChunkChain, type PlacedChunk, WINDOW_BYTES } from './chunk-chain';
import { type KeyRing } from './key-ring';
import { TAG_BYTES } from './segment';

interface IndexedChunk extends PlacedChunk {
  /** Where its text begins in that of the file. */
  readonly start: number;
}

/** The text of an encrypted file. Chunks are independent, so that it can be read anywhere; only those that are read are decrypted. */
export class EncryptedBytes implements SeekableBytes {
  readonly kind = 'seekable';
  readonly size: number;
  readonly #path: string;
  readonly #file: PlainBytes;
  readonly #keys: KeyRing;
  readonly #chunks: readonly IndexedChunk[];
  #last: { readonly chunk: IndexedChunk; readonly text: Buffer } | undefined;

  constructor(path: string, file: PlainBytes, keys: KeyRing, chunks: readonly IndexedChunk[]) {
    this.#path = path;
    this.#file = file;
    this.#keys = keys;
    this.#chunks = chunks;
    const last = chunks.at(-1);
    this.size = last === undefined ? 0 : last.start + last.head.plainBytes;
  }

  /** @throws FileError `MXL_FILE_DAMAGED`, `MXL_FILE_KEY_WRONG` or `MXL_FILE_KEY_UNUSABLE`, with the path */
  static async of(path: string, file: PlainBytes, keys: KeyRing): Promise<EncryptedBytes> {
    const chunks: IndexedChunk[] = [];
    const chain = new ChunkChain();
    let start = 0;
    while (chain.position < file.size) {
      const window = await file.read(chain.windowStart, Math.min(WINDOW_BYTES, file.size - chain.windowStart));
      const link = named(path, () => chain.step(window, file.size));
      // What a crash has cut.
      if (link === 'torn') break;
      if ('segment' in link) {
        named(path, () => keys.keyOf(link.segment));
        continue;
      }
      chunks.push({ ...link.chunk, start });
      start += link.chunk.head.plainBytes;
    }
    return new EncryptedBytes(path, file, keys, chunks);
  }

  async read(position: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    const end = Math.min(position + length, this.size);
    for (let at = position; at < end;) {
      const { chunk, text } = await this.#textAt(at);
      const part = text.subarray(at - chunk.start, end - chunk.start);
      parts.push(part);
      at += part.length;
    }
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #textAt(position: number): Promise<{ chunk: IndexedChunk; text: Buffer }> {
    const last = this.#last;
    if (last !== undefined && position >= last.chunk.start && position < last.chunk.start + last.text.length)
      return last;
    const chunk = this.#chunkAt(position);
    const sealed = await this.#file.read(chunk.position, chunk.head.storedBytes + TAG_BYTES);
    const text = named(this.#path, () => this.#keys.open(chunk, sealed));
    this.#last = { chunk, text };
    return this.#last;
  }

  /** By bisection. */
  #chunkAt(position: number): IndexedChunk {
    let low = 0;
    let high = this.#chunks.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle] as IndexedChunk).start <= position) low = middle;
      else high = middle;
    }
    return this.#chunks[low] as IndexedChunk;
  }
}

/** Errors of the chain and the keys do not know the file. */
function named<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (!(thrown instanceof FileError)) throw thrown;
    throw new FileError(thrown.code, `${path}: ${thrown.message}`, thrown.cause);
  }
}
