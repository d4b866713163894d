import { closeSync, existsSync, openSync, renameSync, statSync, type Stats } from 'node:fs';
import { COMPRESSED_SUFFIXES } from '../compression/codec';
import { deleteFiles } from '../retention/files-to-delete';
import { isSameFile } from '../writer/is-same-file';
import { type FileFamily, TEMPORARY_SUFFIX } from './file-family';

/** How long another's claim is waited for, and how often it is looked at. A claim that is older is of a process that was killed. */
const [PATIENCE_MS, LOOK_AGAIN_MS] = [1000, 2];

/**
 * Gives a file its number, whatever other processes and threads do to the same family meanwhile: of those who want one
 * number one gets it, and no file is ever overwritten. A crash leaves an empty claim beside a file that is whole.
 * Blocks for a moment while another does the same.
 *
 * @param expected - the file that it has to be: one that somebody else has put in its place stays there
 * @param livePath - what it was called while it was live
 * @returns the new name; undefined when somebody else was faster
 */
export function putAside(path: string, family: FileFamily, expected: Stats, livePath = path): string | undefined {
  const isThere = (): boolean => isSameFile(statSync(path, { throwIfNoEntry: false }), expected);
  const aside = claimNumber(livePath, family, isThere);
  if (aside === undefined) return undefined;
  try {
    // A file made between the two calls is put aside too early, under a name of its own: nothing of it is lost.
    if (!isThere()) return undefined;
    renameSync(path, aside);
    return aside;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  } finally {
    release(aside);
  }
}

/** Whoever makes the claim has the number, if it is still free then: the one before may just have used it. */
function claimNumber(livePath: string, family: FileFamily, isThere: () => boolean): string | undefined {
  const giveUpMs = performance.now() + PATIENCE_MS;
  for (let skipped = 0; isThere();) {
    const aside = family.numbered(livePath, family.nextNumber(livePath) + skipped);
    if (claim(aside)) {
      if (!['', ...COMPRESSED_SUFFIXES].some((suffix) => existsSync(aside + suffix))) return aside;
      release(aside);
    } else if (performance.now() < giveUpMs) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
    } else {
      skipped += 1;
    }
  }
  return undefined;
}

function claim(aside: string): boolean {
  try {
    closeSync(openSync(`${aside}${TEMPORARY_SUFFIX}`, 'wx'));
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

function release(aside: string): void {
  deleteFiles([{ path: `${aside}${TEMPORARY_SUFFIX}` }]);
}
