import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { COMPRESSED_SUFFIXES } from '../compression/codec';
import { deleteFiles } from '../retention/files-to-delete';
import { holdsOf, readHolds } from '../retention/holds';
import { type FileFamily, type RotatedFile } from '../rotation/file-family';

/** Whether two files hold the same once decompressed. */
export type SameContent = (one: string, other: string) => Promise<boolean>;

/**
 * Finishes what a crash has cut off, and gives names that tell the order. Files under a hold stay as they are.
 *
 * @param sameContent - takes long; without it a file beside an archive of its name is left for later
 */
export async function mendFamily(family: FileFamily, livePath: string, sameContent?: SameContent): Promise<void> {
  const failure = deleteFiles(family.leftovers());
  const rotated = family.rotated(livePath);
  const paths = new Set(rotated.map(({ path }) => path));
  const numbered = new Set(rotated.filter(({ number }) => number !== undefined).map(({ liveName }) => liveName));
  const holds = rotated.length === 0 ? [] : readHolds(family.directory);
  for (const file of rotated) {
    if (file.compressed || holdsOf(file, holds).length > 0) continue;
    const archives = archivesOf(file, paths);
    if (archives.length > 0 && sameContent === undefined) continue;
    // The crash came between the archive's rename and the deletion of its original.
    if (sameContent !== undefined && (await isAmong(file, archives, sameContent))) deleteFiles([file]);
    // Else the name was used again after it had been compressed; or the file was live when its date ended, after
    // others of that date had been put aside by size.
    else if (archives.length > 0 || (file.number === undefined && numbered.has(file.liveName))) {
      renameSync(file.path, family.nextName(join(family.directory, file.liveName)));
    }
  }
  if (failure !== undefined) throw failure;
}

/** The compressed files that bear a file's name. */
export function archivesOf({ path }: RotatedFile, paths: ReadonlySet<string>): string[] {
  return COMPRESSED_SUFFIXES.map((suffix) => path + suffix).filter((archive) => paths.has(archive));
}

async function isAmong({ path }: RotatedFile, archives: readonly string[], same: SameContent): Promise<boolean> {
  for (const archive of archives) if (await same(path, archive)) return true;
  return false;
}
