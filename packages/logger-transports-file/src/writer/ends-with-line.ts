import { closeSync, openSync, readSync } from 'node:fs';

/** Whether the last line of a file is whole; a file that cannot be read is taken to be. */
export function endsWithLine(path: string, size: number): boolean {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const last = Buffer.alloc(1);
    return readSync(fd, last, 0, 1, size - 1) === 0 || last[0] === 10;
  } catch {
    return true;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
