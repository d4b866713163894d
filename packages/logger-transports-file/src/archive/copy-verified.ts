import { closeSync, fsyncSync, futimesSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { readSlices } from '../compression/read-slices';
import { FileError } from '../errors';
import { TEMPORARY_SUFFIX } from '../rotation/file-family';
import { openExclusive } from '../writer/open-exclusive';
import { syncDirectory } from '../writer/sync-directory';
import { digestFile } from './summarize-file';

/**
 * Copies a file, to another file system too. The copy has its name only when it is on disk and has been read back with
 * the digest that it must have. Synchronous, for a thread of its own.
 *
 * @throws FileError `MXL_FILE_DIGEST_MISMATCH`; then there is no copy
 */
export function copyVerified(from: string, to: string, sha256: string, onSlice?: () => void): void {
  const { fd, path: temporary } = openExclusive(to, TEMPORARY_SUFFIX);
  try {
    copy(from, fd, onSlice);
    const found = digestFile(temporary, onSlice).sha256;
    if (found !== sha256) {
      throw new FileError('MXL_FILE_DIGEST_MISMATCH', `'${from}' should have SHA-256 ${sha256}, its copy has ${found}`);
    }
    renameSync(temporary, to);
  } catch (thrown) {
    if (statSync(temporary, { throwIfNoEntry: false }) !== undefined) unlinkSync(temporary);
    throw thrown;
  }
  syncDirectory(dirname(to));
}

function copy(from: string, target: number, onSlice: (() => void) | undefined): void {
  try {
    const { atime, mtime } = statSync(from);
    for (const slice of readSlices(from, onSlice)) {
      for (let written = 0; written < slice.length;) written += writeSync(target, slice, written);
    }
    futimesSync(target, atime, mtime);
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
}
