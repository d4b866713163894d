import { constants, openSync } from 'node:fs';

const OPEN_FLAGS =
  process.platform === 'win32'
    ? 'a'
    : // O_NONBLOCK: a FIFO without a reader answers ENXIO instead of hanging; regular files ignore it.
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** Opens a file to be appended to, and makes it if it is not there. */
export function openToAppend(path: string): number {
  return openSync(path, OPEN_FLAGS);
}
