import { type Socket } from 'node:net';
import { type TLSSocket } from 'node:tls';

/** A server that says nothing after the handshake for this long has accepted it, or will never say. */
const SILENCE_MS = 250;

/**
 * Waits until a TLS 1.3 server has looked at the client's certificate. The client is done with the handshake before that
 * (RFC 8446, section 4.4): what it writes in between would be lost without a word. A server that accepts sends a session
 * ticket; one that does not closes.
 */
export async function settleHandshake(socket: Socket): Promise<void> {
  if (!isTls(socket) || socket.getProtocol() !== 'TLSv1.3') return;
  await new Promise<void>((resolve, reject) => {
    const done = (error?: Error): void => {
      clearTimeout(timer);
      socket.off('session', accepted).off('error', done).off('close', closed);
      if (error === undefined) resolve();
      else reject(error);
    };
    // What is written while Node hands out a ticket stays in OpenSSL until the next write: let it finish.
    const accepted = (): void => void setImmediate(done);
    const closed = (): void => done(new Error('the server closed the connection after the handshake'));
    const timer = setTimeout(done, SILENCE_MS);
    socket.once('session', accepted).once('error', done).once('close', closed);
    socket.resume();
  });
}

function isTls(socket: Socket): socket is TLSSocket {
  return typeof (socket as Partial<TLSSocket>).getProtocol === 'function';
}
