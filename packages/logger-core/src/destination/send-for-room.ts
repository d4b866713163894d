import { type Drain } from './drain';
import { fits } from './overflow';
import { type QueuedEntry } from './queued-entry';
import { type DestinationSettings } from './settings';

/** Sends until an entry fits; with `block` it waits for that as long as a write may take. False when it still does not. */
export function sendForRoom(drain: Drain, entry: QueuedEntry, { queue, timeoutMs }: DestinationSettings): boolean {
  const waits = queue.overflow === 'block' && drain.carrier.direct;
  const end = waits ? performance.now() + timeoutMs : 0;
  // A thread that never yields never hears that its batches have arrived: ask.
  let waitMs = 0;
  do {
    drain.carrier.poll(waitMs);
    // Whole batches, unless nothing is under way: a queue smaller than a batch must not stand still.
    drain.run(drain.flights.count === 0);
    if (fits(drain.queue, entry, queue, drain.held)) return true;
    waitMs = 10;
  } while (waits && performance.now() < end);
  return false;
}
