import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { archiveFiles } from '../archive/archive-files';
import { codecOf, COMPRESSED_SUFFIXES } from '../compression/codec';
import { compressFile } from '../compression/compress-file';
import { sameContent } from '../compression/same-content';
import { type FileSettings } from '../options/file-settings';
import { deleteFiles } from '../retention/files-to-delete';
import { holdsOf, readHolds } from '../retention/holds';
import { FileFamily, type RotatedFile } from '../rotation/file-family';
import { syncDirectory } from '../writer/sync-directory';
import { planFamily } from './plan-family';

export interface KeepParts {
  readonly settings: FileSettings;
  readonly livePath: string;
  readonly nowMs: number;
  /** Called before each call that may take long. */
  readonly onSlice?: () => void;
}

/**
 * Brings the files put aside into the state that the rules ask for: what a crash has left half done, retention,
 * compression, the archive. Each step leaves a state from which this function goes on, whenever it is cut off. Never
 * rejects: a file that a step fails on stays as it is, and the others go on.
 *
 * @returns what went wrong
 */
export async function keepFamily({ settings, livePath, nowMs, onSlice }: KeepParts): Promise<Error[]> {
  const failures: Error[] = [];
  const attempt = async (what: () => void | Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (thrown) {
      failures.push(thrown as Error);
    }
  };
  const family = new FileFamily(settings.path, settings.datePattern);
  await attempt(() => repair(family, livePath, onSlice));
  await attempt(async () => {
    const plan = planFamily(settings, family, livePath, nowMs);
    const doomed = plan.deletions.map(({ file }) => file);
    await attempt(() => throwAny(deleteFiles(doomed)));
    const codec = settings.compress === undefined ? undefined : codecOf(settings.compress);
    if (codec !== undefined) {
      for (const { path } of plan.toCompress) await attempt(() => compressFile(path, codec, onSlice));
    }
    if (doomed.length + plan.toCompress.length > 0) await attempt(() => syncDirectory(family.directory));
  });
  const { archive } = settings;
  if (archive !== undefined) {
    await attempt(async () => {
      // Once more, because compression has given them new names.
      const { toArchive } = planFamily(settings, family, livePath, nowMs);
      failures.push(...(await archiveFiles(toArchive, archive.path, onSlice)));
    });
  }
  return failures;
}

function throwAny(error: Error | undefined): void {
  if (error !== undefined) throw error;
}

/** Finishes what a crash has cut off, and gives names that tell the order. */
async function repair(family: FileFamily, livePath: string, onSlice: (() => void) | undefined): Promise<void> {
  throwAny(deleteFiles(family.leftovers()));
  const rotated = family.rotated(livePath);
  const holds = rotated.length === 0 ? [] : readHolds(family.directory);
  for (const file of rotated) {
    if (file.compressed || holdsOf(file, holds).length > 0) continue;
    const archives = rotated.filter(({ path }) => COMPRESSED_SUFFIXES.some((suffix) => path === file.path + suffix));
    if (await holdsSame(file, archives, onSlice)) throwAny(deleteFiles([file]));
    else if (archives.length > 0 || isLastOfDate(file, rotated)) {
      renameSync(file.path, family.nextName(join(family.directory, file.liveName)));
    }
  }
}

/** The crash came between an archive's rename and the deletion of its original. */
async function holdsSame(
  file: RotatedFile,
  archives: readonly RotatedFile[],
  onSlice: (() => void) | undefined,
): Promise<boolean> {
  for (const { path } of archives) if (await sameContent(file.path, path, onSlice)) return true;
  return false;
}

/** Was live when its date ended, after others of that date had been put aside by size: its number comes after theirs. */
function isLastOfDate({ path, liveName, number }: RotatedFile, rotated: readonly RotatedFile[]): boolean {
  if (number !== undefined || basename(path) !== liveName) return false;
  return rotated.some((other) => other.liveName === liveName && other.number !== undefined);
}
