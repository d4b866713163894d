import { askClock, type ClockEvidence, type ClockTier, formatClock, UNKNOWN_CLOCK } from './clock-evidence';

const EVERY_MS = 60_000;

/** Keeps what the system says about its clock, asked anew once a minute at most and only while checkpoints are made. */
export class ClockWatch {
  readonly #tier: ClockTier | undefined;
  #evidence: ClockEvidence = UNKNOWN_CLOCK;
  #askedMs = -Infinity;

  constructor(tier: ClockTier | undefined) {
    this.#tier = tier;
  }

  /** The clock line of a checkpoint made now: what was known when it was asked for. */
  line(): string {
    const now = performance.now();
    if (now - this.#askedMs > EVERY_MS) {
      this.#askedMs = now;
      void askClock().then((evidence) => (this.#evidence = evidence));
    }
    return formatClock(this.#tier, this.#evidence);
  }
}
