import { type DirectEntry } from '@metaexpert/logger-core';
import { type CheckpointKind } from './checkpoint';
import { type Composition } from './composition';
import { type LeafSource } from './leaf-hasher';
import { type EvidenceLine } from './seal-line';
import { type SealedHead } from './sealer';

/** Sees to it that the lines of the seal come between those of the batches. */
export interface Composer<E extends LeafSource = DirectEntry> {
  /** The kind of checkpoint that the next lines have to bring, whatever the count. */
  due: CheckpointKind | undefined;
  /** Whether lines have come since the line of the last checkpoint. */
  readonly hasUnsealed: boolean;
  /** Whether the last line is the checkpoint of an orderly end. */
  readonly closed: boolean;
  /** Whether a signature is being waited for. */
  readonly waiting: boolean;
  /** Whether a checkpoint has its signature, and is not among the lines yet. */
  readonly signed: boolean;
  /** Whether a checkpoint is still to come: asked for, waited for, or signed. */
  readonly owes: boolean;
  add(evidence: EvidenceLine): void;
  /** @throws ComplianceError `MXL_SEAL_SIGNER_FAILED` when the lines must not go unsealed; then nothing has changed */
  compose(batch: readonly E[]): Composition<E>;
  /**
   * It is written.
   *
   * @param next - the oldest that is not
   * @returns the checkpoints in it
   */
  written(composition: Composition<E>, next: Composition<E> | undefined): readonly SealedHead[];
  /**
   * Goes back to before it, and puts in what was written of it all the same.
   *
   * @param written - by their places
   * @returns the checkpoints among that
   */
  undo(composition: Composition<E>, written: readonly number[]): readonly SealedHead[];
  /**
   * The log is taken: it goes on from where it stands on the disk.
   *
   * @param stale - a writer of ours died: it may have written more than it could say
   * @throws what reading the log's end throws
   */
  resume(stale: boolean): void;
}
