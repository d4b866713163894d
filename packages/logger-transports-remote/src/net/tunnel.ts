import { type Socket } from 'node:net';
import { RemoteError } from '../errors';
import { proxyAuthorization } from './proxy';
import { type Target } from './target';

const MAX_HEAD_BYTES = 16_384;

/**
 * Asks the proxy at the other end of a socket for a way through to the target (CONNECT, RFC 9110 section 9.3.6).
 * Rejects with MXL_REMOTE_PROXY when it says no; the caller destroys the socket then.
 */
export async function tunnel(socket: Socket, proxy: Target, target: Target): Promise<void> {
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const authorization = proxyAuthorization(proxy);
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (authorization !== undefined) lines.push(`Proxy-Authorization: ${authorization}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const status = await answer(socket);
  if (!/^HTTP\/1\.[01] 2\d\d/.test(status)) {
    throw new RemoteError('MXL_REMOTE_PROXY', `the proxy ${proxy.where} answered ${status.slice(0, 100)}`);
  }
}

/** The status line of the answer, when its whole head has been read; what follows the head stays in the socket. */
function answer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const finish = (result: string | Error): void => {
      socket.off('readable', read).off('error', finish).off('close', closed);
      if (typeof result === 'string') resolve(result);
      else reject(result);
    };
    const closed = (): void => finish(new RemoteError('MXL_REMOTE_PROXY', 'the proxy closed the connection'));
    const read = (): void => {
      for (let chunk = take(socket); chunk !== undefined; chunk = take(socket)) {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\r\n\r\n');
        if (end >= 0) {
          socket.unshift(head.subarray(end + 4));
          finish(head.toString('latin1').split('\r\n', 1)[0] ?? '');
          return;
        }
        if (head.length > MAX_HEAD_BYTES) finish(new RemoteError('MXL_REMOTE_PROXY', 'the proxy answers without end'));
      }
    };
    socket.on('readable', read).on('error', finish).on('close', closed);
  });
}

function take(socket: Socket): Buffer | undefined {
  return (socket.read() as Buffer | null) ?? undefined;
}
