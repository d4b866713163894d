import { constants } from 'node:fs';

/** How a log file is opened: only ever appended to. */
export const OPEN_FLAGS =
  process.platform === 'win32'
    ? 'a'
    : // O_NONBLOCK: a FIFO without a reader answers ENXIO instead of hanging; regular files ignore it.
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;
