import { type DirectEntry, writeLines } from '@metaexpert/logger-core';
import { beginsSealLine, SEAL_PREFIX } from './seal-line';
import { hashLeaf, type Sha256 } from './sha256';

/** Hashes the lines of entries exactly as they will be written. */
export class LeafHasher {
  #scratch = Buffer.alloc(65_536);

  /** The leaf of an entry of one line. */
  hash(entry: DirectEntry): Sha256 {
    const { line, bytes } = entry;
    if (line !== undefined && line.start > 0) return hashInPlace(line.slab, line.start - 1, line.end);
    this.#write(entry);
    return hashLeaf(this.#scratch.subarray(0, bytes + 1));
  }

  /** The leaves of an entry that holds line breaks. */
  hashLines(entry: DirectEntry): Sha256[] {
    this.#write(entry);
    const end = entry.bytes + 1;
    const leaves: Sha256[] = [];
    let start = 0;
    for (let at = this.#scratch.indexOf(10, 1); at > 0 && at <= end; at = this.#scratch.indexOf(10, at + 1)) {
      leaves.push(hashInPlace(this.#scratch, start, at));
      start = at;
    }
    return leaves;
  }

  /** Behind a zero byte, and with its line break. */
  #write(entry: DirectEntry): void {
    if (entry.bytes + 2 > this.#scratch.length) this.#scratch = Buffer.alloc(2 * (entry.bytes + 2));
    writeLines([entry], this.#scratch, 1);
    this.#scratch[0] = 0;
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

/**
 * An entry whose lines cannot be taken for those of the seal: a line that begins as they do is moved by a blank. Only a
 * text format lets a message do that.
 */
export function withoutSealPrefix(entry: DirectEntry): DirectEntry {
  // The payload of an entry that has a line is made of it when it is asked for.
  const { line } = entry;
  if (line !== undefined && !beginsSealLine(line.slab, line.start, line.end)) return entry;
  const { payload } = entry;
  if (line === undefined && !payload.includes(SEAL_PREFIX)) return entry;
  const text = payload.split('\n').map((part) => (part.startsWith(SEAL_PREFIX) ? ` ${part}` : part));
  const moved = text.join('\n');
  return { payload: moved, record: entry.record, bytes: Buffer.byteLength(moved) };
}
