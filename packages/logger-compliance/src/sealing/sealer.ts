import { type DirectEntry, type LogRecord } from '@metaexpert/logger-core';
import { type ComplianceError } from '../errors';
import { type Checkpoint, type CheckpointKind, formatCheckpoint } from './checkpoint';
import { type Sha256, sha256, hashLine } from './sha256';
import { type ChainState, SealChain } from './seal-chain';
import { type SealKeys } from './seal-keys';
import { formatCheckpointLine } from './seal-line';

/** A checkpoint that has been signed, on its way into the log. */
export interface SealedHead {
  readonly checkpoint: Checkpoint;
  /** Text of the note, signatures included. */
  readonly note: string;
}

/** A checkpoint whose line is not written yet. */
interface Draft {
  readonly checkpoint: Checkpoint;
  readonly edge: readonly Sha256[];
  readonly marks: Buffer;
}

/** A line of the seal as an entry. */
export interface SealEntry extends DirectEntry {
  readonly leaf: Sha256;
  /** The checkpoint in it, if it is one. */
  readonly head: SealedHead | undefined;
}

export interface SealerParts {
  readonly origin: string;
  readonly keys: SealKeys;
  /** Time for checkpoints, in milliseconds since 1970. */
  readonly now: () => number;
  /** The clock line of the next checkpoint. */
  readonly clock: () => string;
  /** A signature that was waited for has come, or has failed. */
  readonly news: () => void;
}

/** Makes checkpoints of a chain: asks for signatures, one at a time, and turns them into lines. */
export class Sealer {
  chain = new SealChain();
  readonly #parts: SealerParts;
  #waiting: Draft | undefined;
  #signed: { draft: Draft; note: string } | undefined;
  /** Why the last signature did not come. */
  failure: ComplianceError | undefined;

  constructor(parts: SealerParts) {
    this.#parts = parts;
  }

  /** Whether a signature is being waited for. */
  get waiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** Whether a signature has come whose checkpoint is not among the lines yet. */
  get signed(): boolean {
    return this.#signed !== undefined;
  }

  /**
   * Asks for a checkpoint of the lines so far; its entry if the signer answers at once.
   *
   * @throws ComplianceError `MXL_SEAL_SIGNER_FAILED`
   */
  checkpoint(kind: CheckpointKind): SealEntry | undefined {
    if (this.#waiting !== undefined) return undefined;
    const draft = this.#draft(kind);
    const note = this.#parts.keys.sign(formatCheckpoint(draft.checkpoint), kind === 'handover');
    if (typeof note === 'string') return this.#entry(draft, note);
    this.#waiting = draft;
    note.then(
      (text) => this.#answered(draft, text, undefined),
      (thrown: unknown) => this.#answered(draft, undefined, thrown as ComplianceError),
    );
    return undefined;
  }

  /** Waits no longer for a signature. */
  giveUp(failure: ComplianceError): void {
    this.#waiting = undefined;
    this.failure = failure;
  }

  /** The checkpoint whose signature has come meanwhile, for the line that comes next. */
  takeSigned(): SealEntry | undefined {
    const signed = this.#signed;
    this.#signed = undefined;
    return signed === undefined ? undefined : this.#entry(signed.draft, signed.note);
  }

  /** Goes back. A checkpoint under way that speaks of lines behind that point is not used any more; true when one was waited for. */
  restore(state: ChainState): boolean {
    this.chain.restore(state);
    const stands = ({ checkpoint }: Draft): boolean =>
      checkpoint.size <= state.edge.end && checkpoint.previous === state.previous;
    if (this.#signed !== undefined && !stands(this.#signed.draft)) this.#signed = undefined;
    if (this.#waiting === undefined || stands(this.#waiting)) return false;
    this.#waiting = undefined;
    return true;
  }

  #draft(kind: CheckpointKind): Draft {
    const { origin, now, clock } = this.#parts;
    const { edge, from, previous } = this.chain;
    const marks = this.chain.marks();
    const checkpoint: Checkpoint = {
      origin,
      size: edge.end,
      root: edge.root(),
      kind,
      time: new Date(now()).toISOString(),
      from,
      previous,
      marks: sha256(marks),
      clock: clock(),
    };
    return { checkpoint, edge: [...edge.hashes], marks };
  }

  #answered(draft: Draft, note: string | undefined, failure: ComplianceError | undefined): void {
    if (this.#waiting !== draft) return;
    this.#waiting = undefined;
    this.failure = failure;
    if (note !== undefined) this.#signed = { draft, note };
    this.#parts.news();
  }

  #entry({ checkpoint, edge, marks }: Draft, note: string): SealEntry {
    const line = formatCheckpointLine({ checkpoint, noteText: note, index: this.chain.end, edge, marks });
    return sealEntry(line, checkpoint.time, { checkpoint, note });
  }
}

export function sealEntry(line: string, time: string, head: SealedHead | undefined): SealEntry {
  const bytes = Buffer.from(line);
  const record: LogRecord = {
    timestamp: time,
    time: Date.parse(time),
    level: 'info',
    logger: 'seal',
    message: 'seal',
    category: 'audit',
    fields: {},
    id: '',
  };
  return { payload: line, record, bytes: bytes.length, leaf: hashLine(bytes), head };
}
