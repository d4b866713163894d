import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOLD_SUFFIX } from '@metaexpert/logger-core/retention';
import { ComplianceError } from '../errors';

/** What a hold is about. Without files and times it holds everything. */
export interface HoldFilter {
  /** For whoever asks why: the case, the authority. */
  readonly reason: string;
  /** Names of files, where `*` stands for any characters and `?` for one; a name holds also what it is put aside as. */
  readonly files?: readonly string[];
  /** Files with records of this time and later, ISO 8601. */
  readonly from?: string;
  /** Files with records up to this time, ISO 8601. */
  readonly to?: string;
}

/** Writes the hold beside the logs, in each of their folders. @throws ComplianceError `MXL_RETENTION_HOLD` */
export function writeHold(folders: readonly string[], id: string, filter: HoldFilter, since: string): void {
  const { reason, files, from, to } = filter;
  if (!/^[\w-][\w.-]{0,99}$/.test(id)) throw refuse(`'${id}' cannot be the name of a file: letters, digits, - _ .`);
  if (typeof reason !== 'string' || reason === '') throw refuse(`${id}: a hold has to say its reason`);
  for (const [key, time] of Object.entries({ from, to }))
    if (time !== undefined && Number.isNaN(Date.parse(time))) throw refuse(`${id}: ${key}: '${time}' is no time`);
  // What holds nothing is a mistake that would come to light when the files are gone.
  if (files?.length === 0) throw refuse(`${id}: files: an empty list would hold nothing`);
  for (const folder of folders) writeOnce(join(folder, id + HOLD_SUFFIX), { id, reason, since, files, from, to });
}

/** @throws ComplianceError `MXL_RETENTION_HOLD` when there is none */
export function deleteHold(folders: readonly string[], id: string): void {
  const gone = folders.filter((folder) => {
    try {
      unlinkSync(join(folder, id + HOLD_SUFFIX));
      return true;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw thrown;
    }
  });
  if (gone.length === 0) throw refuse(`there is no hold '${id}'`);
}

/** A hold that is there stays as it is, unless it says the same: a call that was cut off may be made again. */
function writeOnce(path: string, hold: Record<string, unknown>): void {
  try {
    writeFileSync(path, `${JSON.stringify(hold, null, 2)}\n`, { flag: 'wx', flush: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST' || !saysTheSame(path, hold))
      throw refuse(`${path} cannot be written: ${(thrown as Error).message}`, thrown);
  }
}

function saysTheSame(path: string, hold: Record<string, unknown>): boolean {
  const text = (value: unknown): string => JSON.stringify({ ...(value as object), since: '' });
  try {
    return text(JSON.parse(readFileSync(path, 'utf8'))) === text(hold);
  } catch {
    return false;
  }
}

function refuse(message: string, cause?: unknown): ComplianceError {
  return new ComplianceError('MXL_RETENTION_HOLD', message, cause);
}
