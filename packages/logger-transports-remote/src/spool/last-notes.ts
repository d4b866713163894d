import { ACKNOWLEDGEMENT, ENTRY, LENT, readFrames } from './frame';
import { type Segment } from './segment-list';
import { type SpoolFs } from './spool-fs';

/** What the last frames of a spool say. */
export interface LastNotes {
  /** Behind the last entry. */
  readonly next: number | undefined;
  readonly acknowledged: number | undefined;
  readonly lent: number;
}

/** Each segment begins with the notes that hold then: the last ones have them all. */
export function lastNotes(segments: readonly Segment[], fs: SpoolFs): LastNotes {
  let [next, acknowledged]: (number | undefined)[] = [];
  let lent = 0;
  for (const { path } of [...segments].reverse()) {
    for (const { kind, index } of readFrames(fs.readFileSync(path))) {
      if (kind === ENTRY) next = Math.max(next ?? 0, index + 1);
      else if (kind === ACKNOWLEDGEMENT) acknowledged = Math.max(acknowledged ?? 0, index);
      else if (kind === LENT) lent = Math.max(lent, index);
    }
    if (next !== undefined && acknowledged !== undefined) break;
  }
  return { next, acknowledged, lent };
}
