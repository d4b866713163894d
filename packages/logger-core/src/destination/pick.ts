import { type QueuedEntry } from './queued-entry';

/** The entries of a batch that a transport's answer names; an index beyond it names none. */
export function pick(batch: readonly QueuedEntry[], indexes: readonly number[]): QueuedEntry[] {
  return indexes.flatMap((index) => batch[index] ?? []);
}
