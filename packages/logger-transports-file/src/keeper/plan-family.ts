import { statfsSync, statSync } from 'node:fs';
import { type FileSettings } from '../options/file-settings';
import { type FileFamily, type RotatedFile } from '../rotation/file-family';
import { type Deletion, filesToDelete } from '../retention/files-to-delete';
import { archivesOf } from './mend-family';
import { type Hold, holdsOf, readHolds } from '../retention/holds';

/** What the rules make of the files put aside; each list has the oldest first. Told by the folder alone. */
export interface FamilyPlan {
  readonly held: readonly { readonly file: RotatedFile; readonly holds: readonly Hold[] }[];
  readonly deletions: readonly Deletion[];
  readonly toCompress: readonly RotatedFile[];
  readonly toArchive: readonly RotatedFile[];
  /** Whether a file has an archive of its name beside it, so that somebody has to read both. */
  readonly doubtful: boolean;
  /** Left as they are. */
  readonly kept: readonly RotatedFile[];
}

/** Looks, and changes nothing. Files due for the archive go there; no rule deletes them before. */
export function planFamily(settings: FileSettings, family: FileFamily, livePath: string, nowMs: number): FamilyPlan {
  const rotated = family.rotated(livePath);
  const holds = rotated.length === 0 ? [] : readHolds(family.directory);
  const held = rotated.map((file) => ({ file, holds: holdsOf(file, holds) })).filter((one) => one.holds.length > 0);
  const protectedFiles = new Set(held.map(({ file }) => file));
  const free = rotated.filter((file) => !protectedFiles.has(file));
  const afterMs = settings.archive?.afterMs ?? Infinity;
  const toArchive = free.filter(({ modifiedMs }) => nowMs - modifiedMs > afterMs);
  const candidates = free.filter((file) => !toArchive.includes(file));
  const deletions = filesToDelete(candidates, settings, {
    nowMs,
    liveBytes: statSync(livePath, { throwIfNoEntry: false })?.size ?? 0,
    freeBytes: settings.minFreeBytes === undefined ? Infinity : freeBytes(family.directory),
  });
  const doomed = new Set(deletions.map(({ file }) => file));
  const staying = free.filter((file) => !doomed.has(file));
  return {
    held,
    deletions,
    toCompress: settings.compress === undefined ? [] : staying.filter(({ compressed }) => !compressed),
    toArchive,
    doubtful: hasDouble(free, rotated),
    kept: candidates.filter((file) => !doomed.has(file)),
  };
}

function hasDouble(free: readonly RotatedFile[], rotated: readonly RotatedFile[]): boolean {
  const paths = new Set(rotated.map(({ path }) => path));
  return free.some((file) => !file.compressed && archivesOf(file, paths).length > 0);
}

/** What a program without special rights may still use. */
function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
