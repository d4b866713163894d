import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Writes what it can without waiting; answers how many bytes went. Throws what the system says, save for "try again". */
export type NonBlockingWrite = (bytes: Buffer) => number;

/**
 * A writer for stdout or stderr that never waits for the reader. A regular file takes everything at once. A pipe
 * or terminal is opened anew with O_NONBLOCK where the system lets us, because the descriptor we inherit is
 * shared with the shell and must stay as it is. A socket cannot be opened anew; it is non-blocking
 * since libuv made it so when `process.stdout` was first used, which {@link isPlainStdio} did.
 */
export function openStdio(fd: 1 | 2): NonBlockingWrite {
  const stats = fstatSync(fd);
  const reopens = stats.isFIFO() || stats.isCharacterDevice();
  const target = (reopens ? reopen(fd) : undefined) ?? fd;
  return (bytes) => {
    try {
      return writeSync(target, bytes);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      throw thrown;
    }
  };
}

function reopen(fd: number): number | undefined {
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // No /proc, or not ours to open: the inherited descriptor has to do.
    return undefined;
  }
}

/** Whether the stream is the process' own descriptor, and nobody has put something else in the place of `write`. */
export function isPlainStdio(stream: NodeJS.WriteStream): boolean {
  return isMainThread && !Object.hasOwn(stream, 'write');
}
