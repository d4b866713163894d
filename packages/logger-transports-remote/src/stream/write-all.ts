import { type Socket } from 'node:net';

/**
 * Writes, and waits until the kernel has taken everything. Rejects when the connection ends before that, or when the
 * signal aborts, which ends it.
 */
export function writeAll(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      socket.off('close', closed);
      signal.removeEventListener('abort', abort);
      socket.unref();
      // Of a write that destroy() cut short, Node says that all is well.
      if (error || socket.destroyed) reject(error ?? new Error('the connection was closed'));
      else resolve();
    };
    const closed = (): void => done(new Error('the connection was closed'));
    const abort = (): void => void socket.destroy(new Error('not taken in time'));
    if (signal.aborted || socket.destroyed) {
      socket.destroy();
      reject(new Error(signal.aborted ? 'not taken in time' : 'the connection was closed'));
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', closed);
    // The process stays for a write under way, not for a connection that is merely open.
    socket.ref();
    socket.write(bytes, done);
  });
}

/** Ends a connection in good order, or at once when the signal aborts or nothing comes back for a second. */
export async function endSocket(socket: Socket, signal: AbortSignal): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      socket.destroy();
      resolve();
    };
    const timer = setTimeout(finish, 1000);
    signal.addEventListener('abort', finish, { once: true });
    socket.once('close', finish).resume().end();
  });
}
