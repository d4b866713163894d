import { type KeyObject } from 'node:crypto';
import { FileError } from '../errors';
import { openChunk } from './chunk';
import { type PlacedChunk } from './chunk-chain';
import { type KeySource, loadKey } from './key-source';
import { type Segment, segmentKey } from './segment';

/** The keys that a reader has asked for, and those derived from them. */
export class KeyRing {
  readonly #source: KeySource | undefined;
  readonly #keys = new Map<string, KeyObject>();
  readonly #derived = new WeakMap<Segment, Buffer>();

  constructor(source: KeySource | undefined) {
    this.#source = source;
  }

  /** @throws FileError `MXL_FILE_KEY_UNUSABLE` or `MXL_FILE_KEY_WRONG`, both name the key id */
  keyOf(segment: Segment): Buffer {
    let derived = this.#derived.get(segment);
    if (derived === undefined) {
      derived = segmentKey(segment, this.#key(segment.keyId));
      this.#derived.set(segment, derived);
    }
    return derived;
  }

  /**
   * @param sealed - the stored bytes of the chunk and its tag
   * @throws FileError `MXL_FILE_DAMAGED`, or as {@link keyOf}
   */
  open({ head, segment, position }: PlacedChunk, sealed: Buffer): Buffer {
    const key = this.keyOf(segment);
    try {
      return openChunk(sealed, head, segment, key);
    } catch (thrown) {
      const what = `chunk ${head.counter} of segment ${segment.number}, at byte ${position}, is not as it was written`;
      throw new FileError('MXL_FILE_DAMAGED', what, thrown);
    }
  }

  #key(keyId: string): KeyObject {
    let key = this.#keys.get(keyId);
    if (key === undefined) {
      if (this.#source === undefined) {
        throw new FileError(
          'MXL_FILE_KEY_UNUSABLE',
          `the log is encrypted with the key id '${keyId}', and no key is given`,
        );
      }
      key = loadKey(keyId, this.#source);
      this.#keys.set(keyId, key);
    }
    return key;
  }
}
