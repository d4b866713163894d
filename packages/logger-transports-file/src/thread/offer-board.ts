import { BroadcastChannel } from 'node:worker_threads';
import { toError } from '../keeper/to-error';
import { type LaneOffer, OFFERS, type ToAll } from './guest-messages';

/** A lane that was offered, as far as its consumer's end concerns it. */
interface Offered {
  /** The number of the writer thread that consumes it, when it is positive. */
  readonly owner: number;
  lost(error: Error): void;
}

/** In a worker thread: where its lanes are offered, and where the end of a writer thread is announced. */
export class OfferBoard {
  readonly #offered = new Set<Offered>();
  #channel: BroadcastChannel | undefined;

  add(lane: Offered): void {
    this.#offered.add(lane);
    if (this.#channel !== undefined) return;
    this.#channel = new BroadcastChannel(OFFERS);
    this.#channel.onmessage = ({ data }: { data: unknown }) => this.#hear(data as ToAll);
    this.#channel.unref();
  }

  delete(lane: Offered): void {
    if (!this.#offered.delete(lane) || this.#offered.size > 0) return;
    this.#channel?.close();
    this.#channel = undefined;
  }

  post(offer: LaneOffer): void {
    this.#channel?.postMessage(offer);
  }

  #hear(message: ToAll): void {
    if (!('lost' in message)) return;
    for (const lane of [...this.#offered]) if (lane.owner === message.lost) lane.lost(toError(message.error));
  }
}
