import { type DirectEntry } from '@metaexpert/logger-core';
import { beginsSealLine, SEAL_PREFIX } from './seal-line';

/**
 * An entry whose lines cannot be taken for those of the seal: a line that begins as they do is moved by a blank. Only a
 * text format lets a message do that.
 */
function withoutSealPrefix(entry: DirectEntry): DirectEntry {
  // The payload of an entry that has a line is made of it when it is asked for.
  const { line } = entry;
  if (line !== undefined && !beginsSealLine(line.slab, line.start, line.end)) return entry;
  const { payload } = entry;
  if (line === undefined && !payload.includes(SEAL_PREFIX)) return entry;
  const text = payload.split('\n').map((part) => (part.startsWith(SEAL_PREFIX) ? ` ${part}` : part));
  const moved = text.join('\n');
  return { payload: moved, record: entry.record, bytes: Buffer.byteLength(moved) };
}

/** The same batch when there is nothing to move in it. */
export function allWithoutSealPrefix(batch: readonly DirectEntry[]): readonly DirectEntry[] {
  for (let at = 0; at < batch.length; at++) {
    const entry = batch[at] as DirectEntry;
    if (withoutSealPrefix(entry) !== entry) return batch.map(withoutSealPrefix);
  }
  return batch;
}
