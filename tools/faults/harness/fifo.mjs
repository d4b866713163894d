import { closeSync, constants, openSync, readSync } from 'node:fs';
import { mustRun } from './must-run.mjs';

/** A named pipe. Without a reader, opening it for writing hangs for ever. */
export function makeFifo(path) {
  mustRun('mkfifo', '-m', '666', path);
  return path;
}

/** Reads a named pipe at `bytesPerSecond`, ten sips a second: a disk that is far too slow. */
export function readSlowly(path, bytesPerSecond) {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const sip = Buffer.alloc(Math.ceil(bytesPerSecond / 10));
  let bytes = 0;
  const timer = setInterval(() => {
    try {
      bytes += readSync(descriptor, sip);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }, 100);
  return {
    bytes: () => bytes,
    close: () => {
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
