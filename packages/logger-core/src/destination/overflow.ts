import { LEVEL_RANKS } from '../level';
import { type BoundedQueue } from './bounded-queue';
import { type QueuedEntry } from './queued-entry';

/**
 * What happens when a queue is full. `spool` needs a plugin that brings one; while its disk does not take what comes,
 * it is `drop_oldest`.
 */
export type Overflow = 'drop_oldest' | 'drop_newest' | 'drop_below' | 'block' | 'spool';

export const OVERFLOWS: readonly Overflow[] = ['drop_oldest', 'drop_newest', 'drop_below', 'block', 'spool'];

export interface QueueLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

/** What a destination holds besides its queue: batches under way count against the same bounds. */
export interface Held {
  readonly records: number;
  readonly bytes: number;
}

/** How many records one overflow of `drop_below` may clear: the search through the queue is then paid for once. */
const CLEAR_AT_ONCE = 64;

/** What had to go so that one more entry fits. */
export interface Eviction {
  readonly dropped: readonly QueuedEntry[];
  /** Whether the new entry may be queued. */
  readonly admit: boolean;
}

const ADMITTED: Eviction = { dropped: [], admit: true };

/**
 * Makes room for one entry. Entries under way are never taken back; when they alone fill the bounds, the new
 * entry is the one that goes.
 */
export function makeRoom(
  policy: Overflow,
  queue: BoundedQueue,
  entry: QueuedEntry,
  limits: QueueLimits,
  held: Held,
): Eviction {
  if (fits(queue, entry, limits, held)) return ADMITTED;
  if (policy === 'drop_below') return dropBelow(queue, entry, limits, held);
  if (policy !== 'drop_oldest' && policy !== 'spool') return { dropped: [entry], admit: false };
  const dropped: QueuedEntry[] = [];
  while (queue.size > 0 && !fits(queue, entry, limits, held)) dropped.push(queue.shift() as QueuedEntry);
  return admitOrDrop(dropped, entry, fits(queue, entry, limits, held));
}

export function fits(queue: BoundedQueue, entry: QueuedEntry, limits: QueueLimits, held: Held): boolean {
  return queue.size + held.records < limits.maxRecords && fitsBytes(queue, entry, limits, held);
}

function fitsBytes(queue: BoundedQueue, entry: QueuedEntry, limits: QueueLimits, held: Held): boolean {
  return queue.bytes + held.bytes + entry.bytes <= limits.maxBytes;
}

/** Records below `warning` go first, then by age; `error` and worse stay while there is memory left. */
function dropBelow(queue: BoundedQueue, entry: QueuedEntry, limits: QueueLimits, held: Held): Eviction {
  const dropped: QueuedEntry[] = [];
  for (const limit of [LEVEL_RANKS.warning, LEVEL_RANKS.error]) {
    if (fits(queue, entry, limits, held)) break;
    dropped.push(...queue.remove(CLEAR_AT_ONCE, (queued) => queued.rank > limit));
    if (!fits(queue, entry, limits, held) && entry.rank > limit) return { dropped: [...dropped, entry], admit: false };
  }
  if (fitsBytes(queue, entry, limits, held)) return { dropped, admit: true };
  while (queue.size > 0 && !fitsBytes(queue, entry, limits, held)) dropped.push(queue.shift() as QueuedEntry);
  return admitOrDrop(dropped, entry, fitsBytes(queue, entry, limits, held));
}

function admitOrDrop(dropped: QueuedEntry[], entry: QueuedEntry, admit: boolean): Eviction {
  if (!admit) dropped.push(entry);
  return { dropped, admit };
}
