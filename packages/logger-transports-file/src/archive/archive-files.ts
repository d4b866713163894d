import { existsSync, readdirSync, realpathSync, statSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FileError } from '../errors';
import { isUnchanged } from '../keeper/is-unchanged';
import { type RotatedFile, TEMPORARY_SUFFIX } from '../rotation/file-family';
import { makeDirectory } from '../writer/make-directory';
import { syncDirectory } from '../writer/sync-directory';
import { copyVerified } from './copy-verified';
import { ManifestFile } from './manifest-file';
import { digestFile, summarizeFile } from './summarize-file';

/**
 * Moves files to an archive folder: copy, verify, sync, entry in the manifest, and only then the original goes. Cut
 * off at any step, the next run goes on from there. A file that fails stays where it is.
 *
 * @returns what went wrong
 * @throws FileError `MXL_FILE_ARCHIVE_IS_SOURCE`
 */
export async function archiveFiles(
  files: readonly RotatedFile[],
  folder: string,
  onSlice?: () => void,
): Promise<Error[]> {
  if (files.length === 0) return [];
  makeDirectory(folder);
  // By a link made since: the copy would be the original, which then goes.
  if (files.some(({ path }) => realpathSync(dirname(path)) === realpathSync(folder))) {
    throw new FileError('MXL_FILE_ARCHIVE_IS_SOURCE', `the archive '${folder}' is the folder of the logs themselves`);
  }
  dropHalfCopies(folder, files);
  const manifest = await ManifestFile.open(folder, onSlice);
  const failures: Error[] = [];
  for (const { path } of files) {
    try {
      await archiveFile(path, folder, manifest, onSlice);
    } catch (thrown) {
      failures.push(thrown as Error);
    }
  }
  return failures;
}

async function archiveFile(
  path: string,
  folder: string,
  manifest: ManifestFile,
  onSlice: (() => void) | undefined,
): Promise<void> {
  const before = statSync(path, { throwIfNoEntry: false });
  if (before === undefined) return;
  const { sha256 } = digestFile(path, onSlice);
  const name = freeName(basename(path), sha256, manifest);
  const target = join(folder, name);
  if (!existsSync(target) || digestFile(target, onSlice).sha256 !== sha256) copyVerified(path, target, sha256, onSlice);
  if (manifest.find(name)?.sha256 !== sha256) manifest.append(await summarizeFile(target, onSlice));
  if (!isUnchanged(path, before)) return;
  unlinkSync(path);
  syncDirectory(dirname(path));
}

/**
 * The file's own name, unless another file has it: numbers begin anew in a folder whose files have all gone to the
 * archive. Then a part of the digest tells them apart.
 */
function freeName(name: string, sha256: string, manifest: ManifestFile): string {
  const taken = manifest.find(name);
  if (taken === undefined || taken.sha256 === sha256) return name;
  const [, stem = name, suffix = ''] = /^(.*?)(\.(?:gz|br|zst))?$/s.exec(name) ?? [];
  return `${stem}.${sha256.slice(0, 8)}${suffix}`;
}

/** What a crash has left of copies of these very files; another program's are its own. */
function dropHalfCopies(folder: string, files: readonly RotatedFile[]): void {
  const names = new Set(files.map(({ path }) => `${basename(path)}${TEMPORARY_SUFFIX}`));
  for (const name of readdirSync(folder)) if (names.has(name)) unlinkSync(join(folder, name));
}
