import { resolve } from 'node:path';
import { FileError } from '../errors';
import { runOnce } from '../keeper/run-once';
import { type ManifestEntry } from './manifest';

export interface RestoreOptions {
  /** The archive folder. */
  archive: string;
  /** Where the files go; made when it is not there. Not the live folder, where retention would take them again. */
  into: string;
  /** The span, both ends included: a Date, or ISO 8601. @default everything */
  from?: Date | string;
  to?: Date | string;
}

/**
 * Brings the archived files that hold records of a time span back, each verified by its SHA-256, oldest first. They
 * stay in the archive. Works in a thread of its own.
 *
 * @throws FileError `MXL_FILE_DIGEST_MISMATCH` when a file is not what was archived, `MXL_FILE_EXISTS` when another is in
 * its place, `MXL_FILE_TIME_INVALID`
 * @example
 * await restore({ archive: '/mnt/archive', into: 'restored', from: '2026-10-01', to: '2026-10-31T23:59:59Z' });
 */
export async function restore({ archive, into, from, to }: RestoreOptions): Promise<ManifestEntry[]> {
  const order = {
    archive: resolve(archive),
    into: resolve(into),
    fromMs: from === undefined ? -Infinity : toMs('from', from),
    toMs: to === undefined ? Infinity : toMs('to', to),
  };
  return runOnce({ restore: order });
}

function toMs(key: string, time: Date | string): number {
  const ms = time instanceof Date ? time.getTime() : Date.parse(time);
  if (Number.isNaN(ms)) throw new FileError('MXL_FILE_TIME_INVALID', `'${key}' is no time: ${String(time)}`);
  return ms;
}
