import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { HostedLane } from './hosted-lane';
import { type LaneEnd } from './lane-end';
import { type LaneHome } from './lane-home';
import { OfferBoard } from './offer-board';
import { OfferedLane } from './offered-lane';
import { Writer } from './writer';

/** A writer thread per directory: its files share a disk. When one of them hangs the others move to a new thread. */
const writers = new Map<string, Writer>();
const board = new OfferBoard();

/** Finds a lane its other end: in a worker thread first at a writer of the main thread, see {@link OfferedLane}. */
export function homeFor(lane: LaneEnd): LaneHome {
  const keep = (): LaneHome => {
    const writer = writerOf(dirname(lane.settings.path));
    return new HostedLane(writer, lane, writer.open(lane));
  };
  return isMainThread ? keep() : new OfferedLane({ lane, board, keep });
}

function writerOf(directory: string): Writer {
  const there = writers.get(directory);
  if (there !== undefined) return there;
  const made: Writer = new Writer(directory, () => {
    if (writers.get(directory) === made) writers.delete(directory);
  });
  writers.set(directory, made);
  return made;
}
