import { type DirectEntry, type WriteResult } from '@metaexpert/logger-core';
import { type CheckpointKind } from './checkpoint';
import { type ChainState } from './seal-chain';
import { type EvidenceLine, formatEvidenceLine } from './seal-line';
import { type SealEntry, sealEntry } from './sealer';

export interface CompositionParts<E> {
  readonly before?: ChainState;
  readonly due: CheckpointKind | undefined;
  readonly word?: number;
  readonly out?: (E | SealEntry)[];
}

/** A batch as it goes to the destination, with the seal's own lines in it, and what was before it. */
export class Composition<E = DirectEntry> {
  /** Undefined where the chain is kept by another thread. */
  readonly before: ChainState | undefined;
  /** What was to be sealed before. */
  readonly due: CheckpointKind | undefined;
  /** What that thread is told, see {@link formatSealWord}. */
  readonly word: number;
  readonly out: (E | SealEntry)[];
  /** The seal's own entries, by their place in `out`. */
  readonly seals = new Map<number, SealEntry>();
  /** What has come about earlier checkpoints, by place. */
  readonly #evidence = new Map<number, EvidenceLine>();

  constructor({ before, due, word = 0, out = [] }: CompositionParts<E>) {
    this.before = before;
    this.due = due;
    this.word = word;
    this.out = out;
  }

  /** Whether there is nothing to be written. */
  get empty(): boolean {
    return this.out.length === 0 && this.word === 0;
  }

  addSeal(entry: SealEntry): void {
    this.seals.set(this.out.length, entry);
    this.out.push(entry);
  }

  addEvidence(line: EvidenceLine): SealEntry {
    const entry = sealEntry(formatEvidenceLine(line), line.time, undefined);
    this.#evidence.set(this.out.length, line);
    this.addSeal(entry);
    return entry;
  }

  /** What has to come again. @param written - places of what was written */
  evidenceBut(written: readonly number[]): EvidenceLine[] {
    return [...this.#evidence].flatMap(([at, line]) => (written.includes(at) ? [] : [line]));
  }

  /** The result in terms of the batch, without the seal's own lines. */
  resultFor(result: WriteResult): WriteResult {
    if (result.status !== 'partial') return result;
    const own = [...this.seals.keys()];
    const mine = (indexes: readonly number[]): number[] =>
      indexes.filter((at) => !this.seals.has(at)).map((at) => at - own.filter((seal) => seal < at).length);
    return { ...result, delivered: mine(result.delivered), retry: mine(result.retry), rejected: mine(result.rejected) };
  }
}
