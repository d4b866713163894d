import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { createSocket, type Socket } from 'node:dgram';
import { RemoteError } from '../errors';
import { connectionError } from '../net/connection-error';
import { addressOf } from '../net/look-up';
import { type Target } from '../net/target';

/** What a UDP datagram can hold over IPv4: RFC 768 and RFC 791, 65,535 bytes less both headers. */
export const MAX_DATAGRAM_BYTES = 65_507;

export interface UdpTransportOptions {
  readonly target: Target;
  /** The datagrams of one record. */
  readonly datagrams: (entry: Entry) => Buffer[];
  /** A record with a larger datagram than this is too large. @default {@link MAX_DATAGRAM_BYTES} */
  readonly maxBytes?: number | undefined;
}

/** Sends records as datagrams. Delivered means that they were sent: nobody says whether they arrived. */
export class UdpTransport implements Transport {
  readonly #options: UdpTransportOptions;
  #socket: Socket | undefined;

  constructor(options: UdpTransportOptions) {
    this.#options = options;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const { datagrams, target, maxBytes = MAX_DATAGRAM_BYTES } = this.#options;
    const all = batch.map(datagrams);
    const largest = Math.max(...all.flat().map(({ length }) => length));
    if (largest > maxBytes) return { status: 'rejected', error: tooLarge(largest, maxBytes) };
    let sent = 0;
    try {
      const socket = (this.#socket ??= await this.#open(signal));
      for (const one of all) {
        if (signal.aborted) throw new Error('not taken in time');
        for (const datagram of one) await send(socket, datagram);
        sent += 1;
      }
      return { status: 'delivered' };
    } catch (thrown) {
      this.#forget();
      if ((thrown as NodeJS.ErrnoException).code === 'EMSGSIZE' && batch.length === 1)
        return { status: 'rejected', error: tooLarge(largest, maxBytes) };
      const error = connectionError(target.where, thrown);
      if (sent === 0) return { status: 'retry', error };
      const indexes = batch.map((_, index) => index);
      return { status: 'partial', delivered: indexes.slice(0, sent), retry: indexes.slice(sent), rejected: [], error };
    }
  }

  async close(): Promise<void> {
    this.#forget();
  }

  async #open(signal: AbortSignal): Promise<Socket> {
    const { host, port } = this.#options.target;
    const { address, family } = await addressOf(host);
    // Nobody waits any more, and another write may have opened one of its own.
    if (signal.aborted) throw new Error('the name was not looked up in time');
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4').unref();
    // "Port unreachable" comes back for an earlier datagram; the next batch looks the host up again.
    socket.on('error', () => this.#forget(socket));
    await new Promise<void>((resolve) => socket.connect(port, address, resolve));
    return socket;
  }

  #forget(socket = this.#socket): void {
    if (this.#socket === socket) this.#socket = undefined;
    try {
      socket?.close();
    } catch {
      // It is closed already; there is nothing left to release.
    }
  }
}

function send(socket: Socket, datagram: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, (error) => (error === null ? resolve() : reject(error)));
  });
}

function tooLarge(bytes: number, maxBytes: number): RemoteError {
  return new RemoteError('MXL_REMOTE_TOO_LARGE', `${bytes} bytes do not fit into a datagram of ${maxBytes}`);
}
