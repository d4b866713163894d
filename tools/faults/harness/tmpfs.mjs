import { mkdirSync } from 'node:fs';
import { mustRun } from './must-run.mjs';

/** A file system of a given size (`1m`), and of so many files, that can be made larger while files are open on it. */
export function mountSmallDisk(directory, size, { files } = {}) {
  mkdirSync(directory);
  const inodes = files === undefined ? '' : `,nr_inodes=${files}`;
  mustRun('mount', '-t', 'tmpfs', '-o', `size=${size},mode=777${inodes}`, 'tmpfs', directory);
  return {
    grow: (larger) => mustRun('mount', '-o', `remount,size=${larger}`, directory),
    unmount: () => mustRun('umount', '-l', directory),
  };
}
