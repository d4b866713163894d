import { type LaneMemory, openLane, WORD } from './lane-memory';

/** How long a call of the keeper thread may take before it is taken to hang. */
const STUCK_MS = 1000;

/** What the end of the process has to know of the keeper thread at work for a lane: whether it hangs in a disk call. */
export class LaneKeeping {
  readonly #memory: LaneMemory;

  constructor(shared: SharedArrayBuffer) {
    this.#memory = openLane(shared);
  }

  begin(): void {
    Atomics.store(this.#memory.words, WORD.keeping, 1);
  }

  /** A step forward. */
  step(): void {
    Atomics.add(this.#memory.words, WORD.kept, 1);
    Atomics.notify(this.#memory.words, WORD.kept);
  }

  end(): void {
    Atomics.store(this.#memory.words, WORD.keeping, 0);
    this.step();
  }

  /** Whether no step comes. Blocks for a moment when the keeper is at work; for the end of the process. */
  isStuck(): boolean {
    const { words } = this.#memory;
    const kept = Atomics.load(words, WORD.kept);
    if (Atomics.load(words, WORD.keeping) === 0) return false;
    return Atomics.wait(words, WORD.kept, kept, STUCK_MS) === 'timed-out';
  }
}
