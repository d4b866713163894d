import { type CheckpointLine, type EvidenceLine } from '../sealing/seal-line';
import { decodeBase64, hashToBase64, sha256 } from '../sealing/sha256';
import { readTimeStampResponse } from '../sealing/time-stamp';
import { type Finding } from './breach';

/** Checkpoints that a token may still be about. */
const MAX_NOTES = 10_000;

/** What good checkpoints say about the clock, and what time-stamp authorities say about them. */
export class EvidenceTally {
  readonly clock = { met: 0, missed: 0, unknown: 0 };
  timestamps = 0;
  /** The first checkpoint whose clock was not as it had to be. */
  finding: Finding | undefined;
  /** Hashes of notes, by size of the tree. */
  readonly #notes = new Map<number, string>();

  checkpoint({ checkpoint, noteText }: CheckpointLine, index: number): void {
    this.#notes.set(checkpoint.size, hashToBase64(sha256(Buffer.from(noteText))));
    if (this.#notes.size > MAX_NOTES) this.#notes.delete(this.#notes.keys().next().value as number);
    const [tier, verdict] = checkpoint.clock.split(' ');
    if (tier === 'none' || (verdict !== 'met' && verdict !== 'missed')) this.clock.unknown += 1;
    else this.clock[verdict] += 1;
    if (tier !== 'none' && verdict === 'missed')
      this.finding ??= { code: 'clock_out_of_tier', index, message: `the clock: ${checkpoint.clock}` };
  }

  evidence({ size, evidence }: EvidenceLine): void {
    const token = decodeBase64(evidence);
    if (token === undefined) return;
    try {
      if (readTimeStampResponse(token).hash === this.#notes.get(size)) this.timestamps += 1;
    } catch {
      // The line is as it was sealed; what is in it proves nothing, and is not counted.
    }
  }
}
