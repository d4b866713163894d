import { type DirectEntry, lineBytes } from '@metaexpert/logger-core';
import { type CheckpointKind } from './checkpoint';
import { type Composer } from './composer';
import { Composition } from './composition';
import { LeafHasher } from './leaf-hasher';
import { formatSealWord, parseSealWord } from './seal-word';
import { type EvidenceLine } from './seal-line';
import { type SealEntry, type SealedHead } from './sealer';
import { HASH_BYTES } from './sha256';

/** When so many bytes wait for the thread, the caller hashes lines until none do: else a loop that never yields would run away from it. */
const MAX_BACKLOG_BYTES = 512 * 1024;
/** A write may not grow without bounds by the hashes that go with it. */
const MAX_HELPED_BYTES = 1024 * 1024;

/** Leaves the sealing to the thread that writes (sealing-thread.ts), and only tells it what it cannot know. */
export class StagedComposer implements Composer {
  due: CheckpointKind | undefined;
  hasUnsealed = false;
  closed = false;
  /** The thread has its signatures at once. */
  readonly waiting = false;
  readonly signed = false;
  readonly #backlog: () => number;
  readonly #hasher = new LeafHasher();
  #resume = false;
  /** Whether the caller hashes. */
  #helping = false;
  #evidence: EvidenceLine[] = [];

  /** @param backlog - bytes that wait for the thread */
  constructor(backlog: () => number) {
    this.#backlog = backlog;
  }

  get owes(): boolean {
    return this.due !== undefined;
  }

  add(evidence: EvidenceLine): void {
    this.#evidence.push(evidence);
  }

  compose(batch: readonly DirectEntry[]): Composition {
    const evidence = this.#evidence;
    // The thread seals before it takes lines, and what is known of checkpoints comes before the next: that is for another time.
    const due = evidence.length === 0 ? this.due : undefined;
    const leaves = evidence.length === 0 && batch.length > 0 && this.#helps(batch);
    const word = formatSealWord({ due, resume: this.#resume, leaves });
    const same = evidence.length === 0 && !leaves;
    const composition = new Composition({ due, word, out: same ? (batch as DirectEntry[]) : [] });
    for (const line of evidence) composition.addEvidence(line);
    if (!same) for (const entry of batch) composition.out.push(entry);
    if (leaves) composition.addSeal(this.#leavesOf(batch));
    this.#evidence = [];
    if (due !== undefined) this.due = undefined;
    this.#resume = false;
    if (composition.empty) return composition;
    this.closed = due === 'close' && composition.out.length === 0;
    this.hasUnsealed = composition.out.length > 0 || (this.hasUnsealed && due === undefined);
    return composition;
  }

  /** The thread says by itself which checkpoints there are. */
  written(): readonly SealedHead[] {
    return [];
  }

  undo(composition: Composition, written: readonly number[]): readonly SealedHead[] {
    const { due, word } = composition;
    this.#evidence.unshift(...composition.evidenceBut(written));
    this.due ??= due;
    this.#resume ||= parseSealWord(word).resume;
    this.closed = false;
    this.hasUnsealed = true;
    return [];
  }

  resume(): void {
    this.#resume = true;
  }

  #helps(batch: readonly DirectEntry[]): boolean {
    this.#helping = this.#backlog() > (this.#helping ? 0 : MAX_BACKLOG_BYTES);
    if (!this.#helping || lineBytes(batch) > MAX_HELPED_BYTES) return false;
    return batch.every(({ line }) => line !== undefined);
  }

  /** Their hashes, as a line that is not written. */
  #leavesOf(batch: readonly DirectEntry[]): SealEntry {
    const leaves = Buffer.allocUnsafe(HASH_BYTES * batch.length);
    for (const [at, entry] of batch.entries()) leaves.write(this.#hasher.hash(entry), at * HASH_BYTES, 'latin1');
    const payload = leaves.toString('base64');
    const { record } = batch[0] as DirectEntry;
    return { payload, record, bytes: payload.length, leaf: '', head: undefined };
  }
}
