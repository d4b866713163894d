import { fdatasyncSync } from 'node:fs';
import { type WriteOutcome } from './write-outcome';
import { syncDirectory } from './sync-directory';

/** Makes what has been written survive a power cut, and with a directory the file's name in it. */
export function syncFile(fd: number, directory: string | undefined): WriteOutcome {
  try {
    fdatasyncSync(fd);
    if (directory !== undefined) syncDirectory(directory);
    return 'written';
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EINVAL') return 'written'; // a pipe has nothing to sync
    // After a failed fsync the kernel has dropped the dirty pages: only writing again can help.
    return thrown as Error;
  }
}
