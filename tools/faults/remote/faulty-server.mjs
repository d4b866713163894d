import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp } from 'node:net';
import { createSecureContext, createServer as createTls, TLSSocket } from 'node:tls';

/**
 * A server of the remote rows: a store on HTTP, or a receiver on a stream. `behave` decides what becomes of a request or
 * a connection; `store` keeps the records of one that is let through.
 */
export class FaultyServer {
  /** Record number to the ids under which it came. */
  ids = new Map();
  arrivals = 0;
  mostConnections = 0;
  #sockets = new Set();
  #server;
  port = 0;
  dialect;

  constructor({ dialect, isHttp, tls, behave }) {
    this.dialect = dialect;
    // A request whose client has gone in the middle of it is nobody's any more.
    const serve = (request, response) =>
      Promise.resolve(behave.request(this, request, response)).catch((error) => {
        if (!request.destroyed) throw error;
      });
    const stream = (socket) => behave.stream(this, socket);
    if (isHttp) this.#server = tls ? createHttps(tls, serve) : createHttp(serve);
    else if (tls && dialect.greeting) this.#server = createTcp(greetThen(dialect.greeting, tls, stream));
    else this.#server = tls ? createTls(tls, stream) : createTcp(stream);
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      this.mostConnections = Math.max(this.mostConnections, this.#sockets.size);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
    });
  }

  async listen(port = 0, host = '127.0.0.1') {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
    return this.port;
  }

  /** All that has come, numbered records alone. */
  get records() {
    return [...this.ids].flatMap(([n, ids]) => [...ids].map((id) => ({ n, id })));
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
export async function recordsOf(server, request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return server.dialect.records(Buffer.concat(chunks).toString());
}

/** Stores the messages of a stream as they become whole. */
export function readStream(server, socket) {
  const { frame, record, anything } = server.dialect;
  // Whatever is said to it, somebody has talked to the wrong server.
  if (anything) return socket.once('data', () => server.store([{ n: 0, id: 'anything' }]));
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let found = frame(rest); found; found = frame(rest)) {
      server.store([record(rest.toString('utf8', found.start, found.end))]);
      rest = rest.subarray(found.next);
    }
  });
  return undefined;
}

/** A server that speaks first, and begins TLS after that. */
function greetThen(greeting, tls, stream) {
  const secureContext = createSecureContext(tls);
  return (socket) => {
    socket.write(greeting);
    const secure = new TLSSocket(socket, { ...tls, isServer: true, secureContext });
    secure.on('error', () => socket.destroy());
    secure.once('secure', () => {
      // As createServer does it: a client that has not shown what it should is not listened to.
      if (tls.requestCert && !secure.authorized) socket.destroy();
      else stream(secure);
    });
  };
}
