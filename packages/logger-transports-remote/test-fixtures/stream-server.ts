import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** A real TCP or TLS server on loopback that remembers what each connection sent. */
export class StreamServer {
  /** What each connection has sent so far, in the order of their coming. */
  readonly streams: Buffer[] = [];
  readonly sockets: Socket[] = [];
  /** What is done with a connection; by default it is read. */
  connected: (socket: Socket, index: number) => void = () => undefined;
  readonly #server: Server;
  #port = 0;

  constructor(tls: TlsOptions | undefined) {
    const accept = (socket: Socket): void => this.#accept(socket);
    this.#server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(tls?: TlsOptions, port = 0): Promise<StreamServer> {
    const server = new StreamServer(tls);
    server.#server.listen(port, '127.0.0.1');
    await once(server.#server, 'listening');
    server.#port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get text(): string {
    return Buffer.concat(this.streams).toString();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    const index = this.streams.push(Buffer.alloc(0)) - 1;
    this.sockets.push(socket.on('error', () => socket.destroy()));
    socket.on(
      'data',
      (chunk: Buffer) => (this.streams[index] = Buffer.concat([this.streams[index] ?? Buffer.alloc(0), chunk])),
    );
    this.connected(socket, index);
  }
}

/** Messages that say their own length: RFC 6587, section 3.4.1. */
export function readOctetCounted(stream: Buffer): string[] {
  const messages: string[] = [];
  for (let at = 0; at < stream.length;) {
    const space = stream.indexOf(0x20, at);
    const length = Number(stream.toString('latin1', at, space));
    if (!Number.isInteger(length) || space < 0) throw new Error(`no length at ${at}`);
    if (stream.length < space + 1 + length) break;
    messages.push(stream.toString('utf8', space + 1, space + 1 + length));
    at = space + 1 + length;
  }
  return messages;
}

/** The message of a syslog line: what comes after its head. */
export function withoutHead(line: string): string {
  return line.replace(/^<\d+>1 (?:\S+ ){6}/, '');
}
