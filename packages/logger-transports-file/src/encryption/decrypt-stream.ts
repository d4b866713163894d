import { Transform, type TransformCallback } from 'node:stream';
import { TAG_BYTES } from './segment';
import { ChunkChain, type PlacedChunk, WINDOW_BYTES } from './chunk-chain';
import { KeyRing } from './key-ring';
import { type KeySource } from './key-source';

/**
 * A stream that is given an encrypted log and gives its text, chunk by chunk, each only after it has been found unchanged. A
 * chunk that a crash has cut at the end is left out. Any other damage, and a wrong key, is an `error` of the stream: a
 * FileError `MXL_FILE_DAMAGED`, `MXL_FILE_KEY_WRONG` or `MXL_FILE_KEY_UNUSABLE`.
 *
 * @example
 * createReadStream('logs/app.log').pipe(decryptStream({ key: { env: 'LOG_KEY' } })).pipe(process.stdout);
 */
export function decryptStream({ key }: { key: KeySource }): Transform {
  return new Decryption(new KeyRing(key));
}

class Decryption extends Transform {
  readonly #keys: KeyRing;
  readonly #chain = new ChunkChain();
  /** What has come and is still needed, from the chain's window on. */
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(keys: KeyRing) {
    super();
    this.#keys = keys;
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    this.#settle(done, false);
  }

  override _flush(done: TransformCallback): void {
    this.#settle(done, true);
  }

  #settle(done: TransformCallback, ended: boolean): void {
    try {
      this.#advance(ended);
      done();
    } catch (thrown) {
      done(thrown as Error);
    }
  }

  #advance(ended: boolean): void {
    const end = this.#start + this.#bytes.length;
    // Before the end of the file a window is looked at when it is whole.
    while (this.#chain.position < end && (ended || end - this.#chain.windowStart >= WINDOW_BYTES)) {
      const link = this.#chain.step(this.#bytes.subarray(this.#chain.windowStart - this.#start), end);
      if (link === 'torn') break;
      if ('chunk' in link) this.push(this.#keys.open(link.chunk, this.#sealed(link.chunk)));
      else this.#keys.keyOf(link.segment);
    }
    const keep = this.#chain.windowStart;
    this.#bytes = this.#bytes.subarray(keep - this.#start);
    this.#start = keep;
  }

  #sealed({ head, position }: PlacedChunk): Buffer {
    const from = position - this.#start;
    return this.#bytes.subarray(from, from + head.storedBytes + TAG_BYTES);
  }
}
