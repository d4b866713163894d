import { closeSync, existsSync, openSync, renameSync, statSync, type Stats } from 'node:fs';
import { COMPRESSED_SUFFIXES } from '../compression/codec';
import { deleteFiles } from '../retention/files-to-delete';
import { isSameFile } from '../writer/is-same-file';
import { type FileFamily, TEMPORARY_SUFFIX } from './file-family';

/**
 * Gives a file its number, whatever other processes and threads do to the same family meanwhile: of those who want one
 * number one gets it, and no file is ever overwritten. A crash leaves an empty claim beside a file that is whole.
 *
 * @param livePath - what it was called while it was live
 * @param expected - the file that it has to be: one that somebody else has put in its place stays there
 * @returns the new name; undefined when somebody else was faster
 */
export function putAside(path: string, family: FileFamily, expected: Stats, livePath = path): string | undefined {
  const aside = claimNumber(livePath, family);
  try {
    // A file made between the two calls is put aside too early, under a name of its own: nothing of it is lost.
    if (!isSameFile(statSync(path, { throwIfNoEntry: false }), expected)) return undefined;
    renameSync(path, aside);
    return aside;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  } finally {
    deleteFiles([{ path: claimOf(aside) }]);
  }
}

/** Whoever makes the claim has the number, if it is still free then: the one before may just have used it. */
function claimNumber(livePath: string, family: FileFamily): string {
  for (let number = family.nextNumber(livePath); ; number += 1) {
    const aside = family.numbered(livePath, number);
    try {
      closeSync(openSync(claimOf(aside), 'wx'));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw thrown;
    }
    if (!['', ...COMPRESSED_SUFFIXES].some((suffix) => existsSync(aside + suffix))) return aside;
    deleteFiles([{ path: claimOf(aside) }]);
  }
}

function claimOf(aside: string): string {
  return `${aside}${TEMPORARY_SUFFIX}`;
}
