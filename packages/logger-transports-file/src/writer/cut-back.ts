import { fstatSync, ftruncateSync } from 'node:fs';

/**
 * Takes the last bytes of a file away: a part of a write that failed. Counted from the file's end as it is now, because an
 * outside logrotate may have emptied it meanwhile.
 *
 * @returns the size that it has then; undefined when it cannot be cut
 */
export function cutBack(fd: number, bytes: number): number | undefined {
  try {
    const size = Math.max(0, fstatSync(fd).size - bytes);
    ftruncateSync(fd, size);
    return size;
  } catch {
    return undefined;
  }
}
