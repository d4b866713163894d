import { fstatSync, ftruncateSync } from 'node:fs';

/**
 * Takes bytes that were just written off the end of a file, and answers its size; undefined when that cannot be done.
 * Counted from the end as it is now, because an outside logrotate may have emptied the file meanwhile.
 */
export function cutBack(fd: number, written: number): number | undefined {
  try {
    const size = Math.max(0, fstatSync(fd).size - written);
    ftruncateSync(fd, size);
    return size;
  } catch {
    return undefined;
  }
}
