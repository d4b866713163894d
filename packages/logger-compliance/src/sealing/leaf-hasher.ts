import { type DirectEntry, writeLines } from '@metaexpert/logger-core';
import { SEAL_PREFIX } from './seal-line';
import { hashLeaf, type Sha256 } from './sha256';

const [, , THIRD] = Buffer.from(SEAL_PREFIX);
const PREFIX = Buffer.from(SEAL_PREFIX);

/** Hashes the lines of entries exactly as they will be written. */
export class LeafHasher {
  #scratch = Buffer.alloc(65_536);

  /** One hash for each line; an entry has several when its payload holds line breaks. */
  hash(entry: DirectEntry, add: (leaf: Sha256) => void): void {
    const end = entry.bytes + 1;
    if (end >= this.#scratch.length) this.#scratch = Buffer.alloc(2 * end);
    const scratch = this.#scratch;
    const { line } = entry;
    if (line === undefined) writeLines([entry], scratch, 1);
    else line.slab.copy(scratch, 1, line.start, line.end);
    let start = 0;
    if (line === undefined && entry.payload.includes('\n')) {
      for (let at = scratch.indexOf(10, 1); at < end && at > 0; at = scratch.indexOf(10, at + 1)) {
        scratch[start] = 0;
        add(hashLeaf(scratch.subarray(start, at)));
        start = at;
      }
    }
    // The byte in front of a line is zero: the leaf's prefix, in the place of the line break before.
    scratch[start] = 0;
    add(hashLeaf(scratch.subarray(start, end)));
  }
}

/**
 * An entry whose lines cannot be taken for those of the seal: a line that begins as they do is moved by a blank. Only a
 * text format lets a message do that.
 */
export function withoutSealPrefix(entry: DirectEntry): DirectEntry {
  const { line, payload } = entry;
  if (line !== undefined) {
    const { slab, start } = line;
    if (slab[start + 2] !== THIRD || slab.compare(PREFIX, 0, PREFIX.length, start, start + PREFIX.length) !== 0) return entry;
  } else if (!payload.includes(SEAL_PREFIX)) return entry;
  const text = payload.split('\n').map((part) => (part.startsWith(SEAL_PREFIX) ? ` ${part}` : part));
  const moved = text.join('\n');
  return { payload: moved, record: entry.record, bytes: Buffer.byteLength(moved) };
}
