import { fstatSync, ftruncateSync } from 'node:fs';

/**
 * Takes the last bytes of a file away: a part of a write that failed. Counted from the file's end as it is now, because an
 * outside logrotate may have emptied it meanwhile.
 *
 * @param expected - the size at most: when there is more, somebody else has written behind it
 * @returns the size that it has then; undefined when it cannot be cut: then a torn line stays
 */
export function cutBack(fd: number, bytes: number, expected = Infinity): number | undefined {
  try {
    const found = fstatSync(fd).size;
    if (found > expected) return undefined;
    const size = Math.max(0, found - bytes);
    ftruncateSync(fd, size);
    return size;
  } catch {
    return undefined;
  }
}
