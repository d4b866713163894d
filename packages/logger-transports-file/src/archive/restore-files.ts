import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../errors';
import { makeDirectory } from '../writer/make-directory';
import { copyVerified } from './copy-verified';
import { type ManifestEntry } from './manifest';
import { ManifestFile } from './manifest-file';
import { digestFile } from './summarize-file';

/** A span of time and two folders; crosses the thread boundary. */
export interface RestoreOrder {
  readonly archive: string;
  readonly into: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Copies the files of a span of time back, each checked against its entry.
 *
 * @throws FileError `MXL_FILE_DIGEST_MISMATCH`, `MXL_FILE_EXISTS`; files before the one that failed are back
 */
export async function restoreFiles(order: RestoreOrder): Promise<ManifestEntry[]> {
  const { archive, into, fromMs, toMs } = order;
  const manifest = await ManifestFile.open(archive);
  const wanted = manifest.entries.filter((entry) => overlaps(entry, fromMs, toMs));
  makeDirectory(into);
  for (const { name, sha256 } of wanted) {
    const target = join(into, name);
    if (!existsSync(target)) copyVerified(join(archive, name), target, sha256);
    else if (digestFile(target).sha256 !== sha256) {
      throw new FileError('MXL_FILE_EXISTS', `'${target}' is there already, and is not the archived file`);
    }
  }
  return wanted;
}

/** A file whose times are not known may hold any. */
function overlaps({ firstTime, lastTime }: ManifestEntry, fromMs: number, toMs: number): boolean {
  return (lastTime === null || Date.parse(lastTime) >= fromMs) && (firstTime === null || Date.parse(firstTime) <= toMs);
}
