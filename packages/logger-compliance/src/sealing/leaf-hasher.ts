import { type LineText } from '@metaexpert/logger-core';
import { hashLeaf, type Sha256 } from './sha256';

const NEWLINE = 10;

/** What is hashed of an entry. */
export interface LeafSource {
  /** Only looked at where there is no `line`. */
  readonly payload: string;
  /** UTF-8 bytes of the payload. */
  readonly bytes: number;
  readonly line?: Pick<LineText, 'slab' | 'start' | 'end'>;
  /** Where somebody has hashed it already. */
  readonly leaf?: Sha256 | undefined;
}

/** Hashes the lines of entries exactly as they will be written. */
export class LeafHasher {
  #scratch = Buffer.alloc(65_536);

  /** The leaf of an entry of one line. */
  hash(entry: LeafSource): Sha256 {
    const { line, bytes } = entry;
    if (line !== undefined && line.start > 0) return hashInPlace(line.slab, line.start - 1, line.end);
    this.#write(entry);
    return hashLeaf(this.#scratch.subarray(0, bytes + 1));
  }

  /** The leaves of an entry that holds line breaks. */
  hashLines(entry: LeafSource): Sha256[] {
    this.#write(entry);
    const end = entry.bytes + 1;
    const leaves: Sha256[] = [];
    let start = 0;
    for (let at = this.#scratch.indexOf(NEWLINE, 1); at > 0 && at <= end; at = this.#scratch.indexOf(NEWLINE, at + 1)) {
      leaves.push(hashInPlace(this.#scratch, start, at));
      start = at;
    }
    return leaves;
  }

  /** Behind a zero byte, and with its line break. */
  #write(entry: LeafSource): void {
    if (entry.bytes + 2 > this.#scratch.length) this.#scratch = Buffer.alloc(2 * (entry.bytes + 2));
    const { line, bytes } = entry;
    if (line === undefined) this.#scratch.write(entry.payload, 1);
    else line.slab.copy(this.#scratch, 1, line.start, line.end);
    this.#scratch[0] = 0;
    this.#scratch[bytes + 1] = NEWLINE;
  }
}

/** The byte in front of a line gives its place to the leaf's prefix for a moment: a copy would cost more. */
function hashInPlace(bytes: Buffer, start: number, end: number): Sha256 {
  const before = bytes[start] as number;
  bytes[start] = 0;
  const leaf = hashLeaf(bytes.subarray(start, end));
  bytes[start] = before;
  return leaf;
}
