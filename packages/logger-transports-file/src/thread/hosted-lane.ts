import { type LaneEnd } from './lane-end';
import { type LaneHome } from './lane-home';
import { type Writer } from './writer';

/** A lane at a writer thread that this thread has started. */
export class HostedLane implements LaneHome {
  readonly ours = true;
  readonly #writer: Writer;
  readonly #lane: LaneEnd;
  readonly #id: number;

  constructor(writer: Writer, lane: LaneEnd, id: number) {
    this.#writer = writer;
    this.#lane = lane;
    this.#id = id;
  }

  get heldUp(): boolean {
    return this.#writer.isBusyElsewhere(this.#id);
  }

  get hangsForOthers(): boolean {
    return this.#writer.hangsForGuest();
  }

  poll(): void {
    // The writer's messages say all there is to know.
  }

  refusal(): Error | undefined {
    return this.#lane.hold();
  }

  wake(): void {
    this.#writer.wake(this.#id);
  }

  rotate(hangUp: boolean): Promise<string | undefined> {
    return this.#writer.rotate(this.#id, hangUp);
  }

  abandon(): void {
    this.#writer.abandon(this.#id);
  }

  close(): Promise<void> {
    return this.#writer.close(this.#id);
  }

  finish(waitMs: number): boolean {
    return this.#writer.finish(waitMs);
  }

  ready(waitMs: number): void {
    this.#writer.ready(waitMs);
  }
}
