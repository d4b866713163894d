import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, type Server, type Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** A request as a test looks at it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Unpacked. */
  readonly body: string;
  /** The same as bytes. */
  readonly bytes: Buffer;
}

/** Answers one request; what it gives back is the status; undefined when it has answered by itself, or never will. */
export type Answerer = (
  seen: Seen,
  response: ServerResponse,
  socket: Socket,
) => number | undefined | Promise<number | undefined>;

/** A real HTTP server on loopback that remembers what it was asked, and answers as a test tells it to. */
export class WebServer {
  readonly seen: Seen[] = [];
  /** Connections accepted so far. */
  connections = 0;
  answer: Answerer = () => 200;
  readonly #server: Server;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  constructor(tls: ServerOptions | undefined) {
    const listener = (request: IncomingMessage, response: ServerResponse): void => void this.#serve(request, response);
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    this.#server.on(tls === undefined ? 'connection' : 'secureConnection', () => (this.connections += 1));
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
  }

  static async start(tls?: ServerOptions, port = 0): Promise<WebServer> {
    const server = new WebServer(tls);
    server.#server.listen(port, '127.0.0.1');
    await once(server.#server, 'listening');
    server.#port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The open connections. */
  get open(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const encoding = request.headers['content-encoding'];
    const bytes = encoding === 'gzip' ? gunzipSync(raw) : encoding === 'br' ? brotliDecompressSync(raw) : raw;
    const { method = '', url = '', headers } = request;
    const seen = { method, url, headers, body: bytes.toString(), bytes };
    this.seen.push(seen);
    const status = await this.answer(seen, response, request.socket);
    if (!response.writableEnded && !response.destroyed && status !== undefined) response.writeHead(status).end();
  }
}
