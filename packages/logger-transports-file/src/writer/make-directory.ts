import { accessSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it. Not by `recursive`: on Node 20 that never returns where the system answers
 * ENOENT for good, as it does under /proc.
 */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    // The slash asks whether it is a directory: a file in its place is ENOTDIR now, not a file that is missing later.
    if (code === 'EEXIST') {
      accessSync(`${path}/`);
      return;
    }
    if (code !== 'ENOENT' || dirname(path) === path) throw thrown;
    makeDirectory(dirname(path));
    mkdirSync(path);
  }
}
