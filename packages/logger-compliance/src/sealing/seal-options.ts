import { type ConfigIssue } from '@metaexpert/logger-core';
import { type ClockTier } from './clock-evidence';
import { isKeyName } from './signed-note';
import { type Signer } from './signer';

export interface SealOptions {
  /** Signs the checkpoints: `fileSigner(path)`, or one of your own. */
  signer: Signer;
  /** The signer before this one: signs the first checkpoint too, which hands the log over. Not needed after that. */
  retiring?: Signer;
  /** The log's name in its checkpoints, unique for ever; no blanks, no plus sign. @default `<host>/<file name or destination>` */
  origin?: string;
  /** A checkpoint after so many lines, at most 100,000. @default 1000 */
  everyRecords?: number;
  /** A checkpoint when lines have been without one for so long. @default 10 */
  everySeconds?: number;
  /**
   * When there is no signature to be had: `fail` holds the records back and the destination fails; `continue` writes them,
   * and the next checkpoint covers them. @default 'fail'
   */
  onSealFailure?: 'continue' | 'fail';
  /** How close to UTC the clock has to be (RTS 25); every checkpoint says whether it is. */
  clockTier?: ClockTier;
  /** A time-stamp authority (RFC 3161) that stamps checkpoints, one request at a time. */
  timestampUrl?: string;
  /** Told of each checkpoint that is in the log, to publish its note elsewhere. What it throws is reported. */
  onCheckpoint?: (note: string, head: { origin: string; size: number }) => void | Promise<void>;
}

const MAX_EVERY = 100_000;

/** What is wrong with them, and with what is to be sealed. */
export function findSealIssues(kind: string | undefined, options: SealOptions): ConfigIssue[] {
  const { origin, everyRecords = 1000, everySeconds = 10, onSealFailure = 'fail', timestampUrl } = options;
  const wrong = (path: string, is: boolean, message: string): ConfigIssue[] => (is ? [{ path, message }] : []);
  const signs = typeof (options.signer as Partial<Signer> | undefined)?.sign === 'function';
  return [
    ...wrong('seal(destination)', kind !== 'transport', 'is not made by a factory such as file({ path })'),
    ...wrong('signer', !signs, 'has no sign(message)'),
    ...wrong(
      'origin',
      origin !== undefined && !isKeyName(origin),
      `'${String(origin)}' is empty, or holds blanks or a plus sign`,
    ),
    ...wrong(
      'everyRecords',
      !Number.isInteger(everyRecords) || everyRecords < 1 || everyRecords > MAX_EVERY,
      `${everyRecords} is not a whole number from 1 to ${MAX_EVERY}`,
    ),
    ...wrong(
      'everySeconds',
      !(everySeconds > 0 && everySeconds <= 86_400),
      `${everySeconds} is not over 0 and at most 86400`,
    ),
    ...wrong(
      'onSealFailure',
      !['continue', 'fail'].includes(onSealFailure),
      `'${onSealFailure}' is not one of continue, fail`,
    ),
    ...wrong(
      'timestampUrl',
      timestampUrl !== undefined && !URL.canParse(timestampUrl),
      `'${String(timestampUrl)}' is no URL`,
    ),
  ];
}
