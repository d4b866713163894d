import { mkdirSync } from 'node:fs';
import { mustRun } from './must-run.mjs';

/** A file system of a given size (`1m`) that can be made larger while files are open on it. */
export function mountSmallDisk(directory, size) {
  mkdirSync(directory);
  mustRun('mount', '-t', 'tmpfs', '-o', `size=${size},mode=777`, 'tmpfs', directory);
  return {
    grow: (larger) => mustRun('mount', '-o', `remount,size=${larger}`, directory),
    unmount: () => mustRun('umount', '-l', directory),
  };
}
