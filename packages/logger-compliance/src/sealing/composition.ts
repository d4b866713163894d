import { type DirectEntry, type WriteResult } from '@metaexpert/logger-core';
import { type CheckpointKind } from './checkpoint';
import { type ChainState, type SealChain } from './seal-chain';
import { type SealedHead, type SealEntry } from './sealer';
import { type Sha256 } from './sha256';

/** A batch as it goes to the destination, with the seal's own lines in it, and how to undo it. */
export class Composition {
  /** What the chain was before. */
  readonly before: ChainState;
  /** What was to be sealed before. */
  readonly due: CheckpointKind | undefined;
  readonly out: DirectEntry[] = [];
  /** Checkpoints, by their place in `out`. */
  readonly heads = new Map<number, SealedHead>();
  /** Place in the batch of each entry of `out`; -1 for the seal's own. */
  readonly #places: number[] = [];
  readonly #leaves: Sha256[] = [];
  /** How many leaves there are up to each entry of `out`, itself included: a text may have several lines. */
  readonly #leafEnds: number[] = [];

  constructor(before: ChainState, due: CheckpointKind | undefined) {
    this.before = before;
    this.due = due;
  }

  addLeaf(leaf: Sha256): void {
    this.#leaves.push(leaf);
  }

  /** An entry of the batch; its leaves have been added. */
  addEntry(entry: DirectEntry, place: number): void {
    this.out.push(entry);
    this.#places.push(place);
    this.#leafEnds.push(this.#leaves.length);
  }

  addSeal(entry: SealEntry): void {
    if (entry.head !== undefined) this.heads.set(this.out.length, entry.head);
    this.addLeaf(entry.leaf);
    this.addEntry(entry, -1);
  }

  /** Puts those entries that were written, and no others, into a chain that is back where it was before. */
  replay(chain: SealChain, written: readonly number[]): SealedHead[] {
    const heads: SealedHead[] = [];
    for (const at of written) {
      for (let leaf = this.#leafEnds[at - 1] ?? 0; leaf < (this.#leafEnds[at] ?? 0); leaf += 1)
        chain.append(this.#leaves[leaf] as Sha256);
      const head = this.heads.get(at);
      if (head === undefined) continue;
      chain.checkpointed(head.checkpoint);
      heads.push(head);
    }
    return heads;
  }

  /** The result in terms of the batch, without the seal's own lines. */
  resultFor(result: WriteResult): WriteResult {
    if (result.status !== 'partial') return result;
    const mine = (indexes: readonly number[]): number[] =>
      indexes.flatMap((at) => ((this.#places[at] ?? -1) < 0 ? [] : [this.#places[at] as number]));
    return { ...result, delivered: mine(result.delivered), retry: mine(result.retry), rejected: mine(result.rejected) };
  }
}
