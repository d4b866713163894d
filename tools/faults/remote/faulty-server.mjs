import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp } from 'node:net';
import { createServer as createTls } from 'node:tls';

/**
 * A server of the remote rows: HTTP, or syslog with counted octets. `behave` decides what becomes of a request
 * or a connection; `store` keeps the records of one that is let through.
 */
export class FaultyServer {
  /** Record number to the ids under which it came. */
  ids = new Map();
  arrivals = 0;
  mostConnections = 0;
  #sockets = new Set();
  #server;
  port = 0;

  constructor({ transport, tls, behave }) {
    const serve = (request, response) => behave.request(this, request, response);
    const stream = (socket) => behave.stream(this, socket);
    if (transport === 'http') this.#server = tls ? createHttps(tls, serve) : createHttp(serve);
    else this.#server = tls ? createTls(tls, stream) : createTcp(stream);
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      this.mostConnections = Math.max(this.mostConnections, this.#sockets.size);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
    });
  }

  async listen(port = 0) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
    return this.port;
  }

  store(records) {
    for (const { n, id } of records) {
      if (n === undefined) continue;
      this.arrivals += 1;
      this.ids.set(n, (this.ids.get(n) ?? new Set()).add(id));
    }
  }

  /** Breaks all connections, as a network does. */
  reset() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close() {
    this.reset();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** The whole body, as records. */
export async function recordsOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Stores the messages of a stream as they become whole. */
export function readStream(server, socket) {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const space = rest.indexOf(0x20);
      const length = Number(rest.toString('latin1', 0, Math.max(0, space)));
      if (space < 1 || rest.length < space + 1 + length) return;
      const message = rest.toString('utf8', space + 1, space + 1 + length);
      rest = rest.subarray(space + 1 + length);
      server.store([JSON.parse(message.slice(message.indexOf('{')))]);
    }
  });
}
