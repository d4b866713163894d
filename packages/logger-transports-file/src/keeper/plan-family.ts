import { statfsSync, statSync } from 'node:fs';
import { type Hold, holdsOf, readHolds } from '@metaexpert/logger-core/retention';
import { type FileSettings } from '../options/file-settings';
import { type FileFamily, type RotatedFile } from '../rotation/file-family';
import { type Deletion, filesToDelete } from '../retention/files-to-delete';
import { isQuiet } from './is-quiet';
import { archivesOf } from './mend-family';
import { holdable } from '../retention/holdable';

/** What the rules make of the files put aside; each list has the oldest first. Told by the folder alone. */
export interface FamilyPlan {
  readonly held: readonly { readonly file: RotatedFile; readonly holds: readonly Hold[] }[];
  readonly deletions: readonly Deletion[];
  readonly toCompress: readonly RotatedFile[];
  readonly toArchive: readonly RotatedFile[];
  /** Whether a file has an archive of its name beside it, so that somebody has to read both. */
  readonly doubtful: boolean;
  /** Files that somebody may still write to: to be looked at again soon. */
  readonly restless: boolean;
  /** Left as they are. */
  readonly kept: readonly RotatedFile[];
}

/** Whose files are planned for, and when. */
export interface PlanParts {
  readonly settings: FileSettings;
  readonly family: FileFamily;
  readonly livePath: string;
  readonly nowMs: number;
  /** Others write to the same path: what they may still have open stays as it is. @default false */
  readonly shared?: boolean;
}

/** Looks, and changes nothing. Files due for the archive go there; no rule deletes them before. */
export function planFamily({ settings, family, livePath, nowMs, shared = false }: PlanParts): FamilyPlan {
  const rotated = family.rotated(livePath);
  const holds = rotated.length === 0 ? [] : readHolds(family.directory);
  const held = rotated
    .map((file) => ({ file, holds: holdsOf(holdable(file), holds) }))
    .filter((one) => one.holds.length > 0);
  const protectedFiles = new Set(held.map(({ file }) => file));
  const free = rotated.filter((file) => !protectedFiles.has(file));
  const afterMs = settings.archive?.afterMs ?? Infinity;
  const isFree = (file: RotatedFile): boolean => !shared || isQuiet(file, nowMs);
  const toArchive = free.filter((file) => nowMs - file.modifiedMs > afterMs && isFree(file));
  const paths = new Set(rotated.map(({ path }) => path));
  // Another keeper may be between an archive and its original: that is one file, and not two that are too many.
  const isDouble = (file: RotatedFile): boolean => !file.compressed && archivesOf(file, paths).length > 0;
  const candidates = free.filter((file) => !toArchive.includes(file) && !(shared && isDouble(file)));
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
    toCompress: settings.compress === undefined ? [] : staying.filter((file) => !file.compressed && isFree(file)),
    toArchive,
    doubtful: free.some((file) => isDouble(file) && isFree(file)),
    restless: !staying.every((file) => file.compressed || isFree(file)),
    kept: candidates.filter((file) => !doomed.has(file)),
  };
}

/** What a program without special rights may still use. */
function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
