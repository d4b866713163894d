import { ComplianceError } from '../errors';
import { type CheckpointKind } from './checkpoint';
import { findLogFiles } from './log-files';
import { readTail } from './log-tail';
import { SealChain } from './seal-chain';
import { type SealKeys } from './seal-keys';
import { type CheckpointLine } from './seal-line';
import { hashLine } from './sha256';

export interface ResumeOptions {
  /** Of the live file, with `%DATE%` where a date stands. */
  readonly path: string;
  readonly origin: string;
  readonly keys: SealKeys;
}

/** Where a log stands. */
export interface Resumed {
  readonly chain: SealChain;
  /** What has to be sealed next. */
  readonly next: CheckpointKind;
}

/**
 * The chain as the files on disk have it: the last checkpoint, and behind it the lines that came until the process ended,
 * hashed again. What kind of checkpoint has to come next: one by both keys when the last was signed by the retiring one.
 *
 * @throws ComplianceError `MXL_SEAL_KEY_CHANGED` when it was signed by neither
 */
export function resumeChain({ path, origin, keys }: ResumeOptions): Resumed {
  let next: CheckpointKind = 'start';
  const accept = ({ checkpoint, note }: CheckpointLine): boolean => {
    const who = keys.whoSigned(note);
    if (who === 'retiring') next = 'handover';
    if (who !== undefined) return checkpoint.origin === origin;
    // A damaged line of ours is gone past, and becomes a line like any other: verification will name it.
    if (note.signatures.some(({ id }) => id === keys.currentKey.id)) return false;
    throw new ComplianceError(
      'MXL_SEAL_KEY_CHANGED',
      `${path} was sealed as ${checkpoint.origin} with another key: pass its signer as retiring`,
    );
  };
  const { last, eachLine } = readTail(findLogFiles(path), accept);
  const from = last === undefined ? undefined : { edge: last.edge, from: last.checkpoint.size, previous: -1 };
  const chain = new SealChain(from);
  eachLine((line) => {
    chain.append(hashLine(line));
    if (last !== undefined && chain.end === last.index + 1) chain.checkpointed(last.checkpoint);
  });
  return { chain, next };
}
