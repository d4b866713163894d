import { type DirectEntry } from '@metaexpert/logger-core';
import { ComplianceError } from '../errors';
import { type CheckpointKind } from './checkpoint';
import { type Composer } from './composer';
import { Composition } from './composition';
import { LeafHasher, type LeafSource } from './leaf-hasher';
import { type Resumed } from './resume-chain';
import { type SealChain } from './seal-chain';
import { type SealedHead, type SealEntry, type Sealer } from './sealer';
import { type EvidenceLine } from './seal-line';

export interface ChainComposerParts {
  readonly sealer: Sealer;
  readonly everyRecords: number;
  /** What happens to records while there is no signature to be had. */
  readonly onSealFailure: 'continue' | 'fail';
  readonly report: (error: ComplianceError) => void;
  /** Reads from the disk where the log stands, and what has to be sealed next. */
  readonly resume: () => Resumed;
}

/** How long a signature is waited for. */
const SIGN_MS = 10_000;

/** How many lines may come while a signature is waited for: a verifier has to keep them. */
const MAX_BEHIND = 262_144;

/** How soon a signer that failed is asked again, when records go on without it. */
const AGAIN_MS = 1000;

/** Puts the lines of the seal between those of the batches, and the leaves of both into the chain. */
export class ChainComposer<E extends LeafSource = DirectEntry> implements Composer<E> {
  due: CheckpointKind | undefined;
  readonly #parts: ChainComposerParts;
  readonly #hasher = new LeafHasher();
  #evidence: EvidenceLine[] = [];
  /** Of the last checkpoint's line. */
  #lastKind: CheckpointKind | undefined;
  #askedMs = 0;
  #askedAt = 0;
  #askAgainMs = 0;
  #asked: CheckpointKind = 'interval';

  constructor(parts: ChainComposerParts) {
    this.#parts = parts;
  }

  get #chain(): SealChain {
    return this.#parts.sealer.chain;
  }

  get hasUnsealed(): boolean {
    return this.#chain.previous < this.#chain.end - 1;
  }

  get closed(): boolean {
    return !this.hasUnsealed && this.#lastKind === 'close';
  }

  get waiting(): boolean {
    return this.#parts.sealer.waiting;
  }

  get signed(): boolean {
    return this.#parts.sealer.signed;
  }

  get owes(): boolean {
    return this.due !== undefined || this.waiting || this.signed;
  }

  add(evidence: EvidenceLine): void {
    this.#evidence.push(evidence);
  }

  resume(stale: boolean): void {
    const { sealer, resume } = this.#parts;
    const { chain, next } = resume();
    this.due ??= next;
    // Lines that were written and are gone stay in the tree: that they are missing must come to light.
    if (!stale || chain.end >= sealer.chain.end) sealer.chain = chain;
  }

  compose(batch: readonly E[]): Composition<E> {
    const { sealer } = this.#parts;
    this.#checkSigner();
    const composition = new Composition<E>({ before: this.#chain.state(), due: this.due });
    const evidence = this.#evidence;
    try {
      const signed = sealer.takeSigned();
      if (signed !== undefined) this.#addSeal(composition, signed);
      for (const line of evidence) this.#appendSeal(composition.addEvidence(line));
      this.#evidence = [];
      if (this.due !== undefined) this.#seal(composition, this.due);
      for (let place = 0; place < batch.length; place += 1) this.#addEntry(composition, batch[place] as E);
    } catch (thrown) {
      this.#evidence = [];
      this.undo(composition, []);
      throw thrown;
    }
    return composition;
  }

  written({ seals }: Composition<E>, next: Composition<E> | undefined): SealedHead[] {
    this.#chain.trim(next?.before?.from ?? this.#chain.from);
    return [...seals.values()].flatMap(({ head }) => head ?? []);
  }

  undo(composition: Composition<E>, written: readonly number[]): SealedHead[] {
    if (composition.before !== undefined && this.#parts.sealer.restore(composition.before)) this.due ??= this.#asked;
    this.#lastKind = undefined;
    this.#evidence.unshift(...composition.evidenceBut(written));
    const heads = this.#replay(composition, written);
    if (composition.due !== undefined && heads.length === 0) this.due = composition.due;
    return heads;
  }

  /** Puts what was written of it, and nothing else, into the chain. Only failures come here, so lines are hashed again. */
  #replay({ out, seals }: Composition<E>, written: readonly number[]): SealedHead[] {
    const heads: SealedHead[] = [];
    for (const at of written) {
      const seal = seals.get(at);
      if (seal === undefined) this.#append(out[at] as E);
      else this.#appendSeal(seal);
      if (seal?.head !== undefined) heads.push(seal.head);
    }
    return heads;
  }

  #addEntry(composition: Composition<E>, entry: E): void {
    this.#append(entry);
    composition.out.push(entry);
    if (this.#chain.end - this.#chain.from >= this.#parts.everyRecords) this.#seal(composition, 'interval');
  }

  /** A text may have several lines. */
  #append(entry: E): void {
    const chain = this.#chain;
    if (entry.leaf !== undefined) chain.append(entry.leaf);
    else if (entry.line !== undefined || !entry.payload.includes('\n')) chain.append(this.#hasher.hash(entry));
    else for (const leaf of this.#hasher.hashLines(entry)) chain.append(leaf);
  }

  #addSeal(composition: Composition<E>, entry: SealEntry): void {
    composition.addSeal(entry);
    this.#appendSeal(entry);
  }

  #appendSeal({ leaf, head }: SealEntry): void {
    this.#chain.append(leaf);
    if (head === undefined) return;
    this.#chain.checkpointed(head.checkpoint);
    this.#lastKind = head.checkpoint.kind;
  }

  #seal(composition: Composition<E>, kind: CheckpointKind): void {
    const { sealer, onSealFailure, report } = this.#parts;
    if (sealer.waiting || performance.now() < this.#askAgainMs) return;
    this.#askedMs = performance.now();
    this.#askedAt = this.#chain.end;
    this.#asked = kind;
    try {
      const entry = sealer.checkpoint(kind);
      if (entry !== undefined) this.#addSeal(composition, entry);
      this.due = undefined;
    } catch (thrown) {
      if (onSealFailure === 'fail') throw thrown;
      this.#askAgainMs = performance.now() + AGAIN_MS;
      report(thrown as ComplianceError);
    }
  }

  /** What has become of a signature that was waited for. */
  #checkSigner(): void {
    const { sealer, onSealFailure } = this.#parts;
    const late = performance.now() - this.#askedMs > SIGN_MS || this.#chain.end - this.#askedAt > MAX_BEHIND;
    if (sealer.waiting && late)
      sealer.giveUp(
        new ComplianceError('MXL_SEAL_SIGNER_FAILED', `no signature within ${SIGN_MS} ms, ${MAX_BEHIND} lines`),
      );
    const { failure } = sealer;
    if (failure === undefined) return;
    if (!sealer.waiting) this.due ??= this.#asked;
    if (onSealFailure === 'fail') {
      // Asked again while the destination waits to try again. An answer at once only says that it is back.
      if (!sealer.waiting && sealer.checkpoint(this.#asked) !== undefined) sealer.failure = undefined;
      else throw failure;
      return;
    }
    sealer.failure = undefined;
    this.#askAgainMs = performance.now() + AGAIN_MS;
  }
}
