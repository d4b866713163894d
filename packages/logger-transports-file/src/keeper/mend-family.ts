import { statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { holdsOf, readHolds } from '@metaexpert/logger-core/retention';
import { COMPRESSED_SUFFIXES } from '../compression/codec';
import { deleteAll, deleteFiles } from '../retention/files-to-delete';
import { holdable } from '../retention/holdable';
import { type FileFamily, type RotatedFile } from '../rotation/file-family';
import { putAside } from '../rotation/put-aside';
import { isQuiet } from './is-quiet';
import { isUnchanged } from './is-unchanged';

/** Whether two files hold the same once decompressed. */
type SameContent = (one: string, other: string) => Promise<boolean>;

export interface MendParts {
  readonly family: FileFamily;
  readonly livePath: string;
  /** Others write to the same path: what looks like a crash may be their work, still going on. */
  readonly shared: boolean;
  /** Takes long; without it a file beside an archive of its name is left for later. */
  readonly sameContent?: SameContent;
}

/** Finishes what a crash has cut off, and gives names that tell the order. Files under a hold stay as they are. */
export async function mendFamily({ family, livePath, shared, sameContent }: MendParts): Promise<void> {
  const failure = deleteFiles(family.leftovers());
  const rotated = family.rotated(livePath);
  const paths = new Set(rotated.map(({ path }) => path));
  const numbered = new Set(rotated.filter(({ number }) => number !== undefined).map(({ liveName }) => liveName));
  const holds = rotated.length === 0 ? [] : readHolds(family.directory);
  for (const file of rotated) {
    if (file.compressed || holdsOf(holdable(file), holds).length > 0) continue;
    const archives = archivesOf(file, paths);
    const before = statSync(file.path, { throwIfNoEntry: false });
    if (before === undefined || (shared && isInWork(before, archives))) continue;
    if (archives.length > 0 && sameContent === undefined) continue;
    // The crash came between the archive's rename and the deletion of its original.
    if (sameContent !== undefined && (await isAmong(file, archives, sameContent))) {
      if (isUnchanged(file.path, before)) deleteAll([file]);
    }
    // Else the name was used again after it had been compressed; or the file was live when its date ended, after
    // others of that date had been put aside by size.
    else if (archives.length > 0 || (file.number === undefined && numbered.has(file.liveName))) {
      putAside(file.path, family, before, join(family.directory, file.liveName));
    }
  }
  if (failure !== undefined) throw failure;
}

/** The compressed files that bear a file's name. */
export function archivesOf({ path }: RotatedFile, paths: ReadonlySet<string>): string[] {
  return COMPRESSED_SUFFIXES.map((suffix) => path + suffix).filter((archive) => paths.has(archive));
}

/** Whether somebody may still write to the file, or be about to delete it for the sake of its archive. */
function isInWork({ mtimeMs }: Stats, archives: readonly string[]): boolean {
  const made = archives.map((path) => statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity);
  return [mtimeMs, ...made].some((modifiedMs) => !isQuiet({ modifiedMs }, Date.now()));
}

async function isAmong({ path }: RotatedFile, archives: readonly string[], same: SameContent): Promise<boolean> {
  for (const archive of archives) if (await same(path, archive)) return true;
  return false;
}
