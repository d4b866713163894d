import { connect as connectTcp, isIP, Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { lookUp } from '../net/look-up';

const KEEP_ALIVE_MS = 60_000;

export interface SocketRequest {
  readonly host: string;
  readonly port: number;
  readonly ssl?: ConnectionOptions | null;
  readonly onConnect: () => void;
}

/**
 * The connections of one producer. kafkajs waits for what a broker has not answered before it lets go of a connection, and
 * tries again by itself afterwards: a producer that is given up must not keep the process, nor speak any more.
 */
export class KafkaSockets {
  readonly #open = new Set<Socket>();
  #closed = false;

  /** What kafkajs does by itself, but for the look-up of names. */
  readonly connect = ({ host, port, ssl, onConnect }: SocketRequest): Socket => {
    if (this.#closed) return new Socket().destroy(new Error('the producer is closed'));
    const where = { host, port, lookup: lookUp };
    const socket = ssl
      ? connectTls({ ...where, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
      : connectTcp(where, onConnect);
    this.#open.add(socket.on('close', () => this.#open.delete(socket)));
    return socket.setKeepAlive(true, KEEP_ALIVE_MS);
  };

  close(): void {
    this.#closed = true;
    for (const socket of this.#open) socket.destroy(new Error('the producer is closed'));
  }
}
