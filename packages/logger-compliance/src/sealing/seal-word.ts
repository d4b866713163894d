import { type CheckpointKind } from './checkpoint';

const KINDS: readonly (CheckpointKind | undefined)[] = [
  undefined,
  'interval',
  'rotation',
  'close',
  'start',
  'handover',
];
const RESUME = 8;
const LEAVES = 16;

/** What a sealing thread is told with lines. */
export interface SealWord {
  /** What has to be sealed in front of them. */
  readonly due: CheckpointKind | undefined;
  /** Somebody else may have written the log: where it stands has to be read from the disk. */
  readonly resume: boolean;
  /** Behind the lines comes one with their leaves, in base64. */
  readonly leaves: boolean;
}

/** In one number, 0 when there is nothing to tell. */
export function formatSealWord({ due, resume, leaves }: SealWord): number {
  return KINDS.indexOf(due) | (resume ? RESUME : 0) | (leaves ? LEAVES : 0);
}

export function parseSealWord(word: number): SealWord {
  return { due: KINDS[word & (RESUME - 1)], resume: (word & RESUME) !== 0, leaves: (word & LEAVES) !== 0 };
}
