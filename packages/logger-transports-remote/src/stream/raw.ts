import { type DestinationOptions, type Entry, withPlugin } from '@metaexpert/logger-core';
import { defineRemote } from '../plugin/define-remote';
import { type RemoteOptions } from '../plugin/remote-options';
import { StreamTransport } from './stream-transport';
import { MAX_DATAGRAM_BYTES, UdpTransport } from './udp-transport';

/** Options of a `tcp` destination. */
export interface TcpOptions extends RemoteOptions {
  /** What ends a record. @default '\n' */
  delimiter?: string;
}

/** Options of a `udp` destination. */
export interface UdpOptions extends RemoteOptions {
  /** Records with larger datagrams are too large. @default 65507 */
  maxDatagramBytes?: number;
}

/** What `type: 'tcp'` in plain configuration means. */
export const tcpPlugin = defineRemote<TcpOptions>({
  type: 'tcp',
  schemes: { tcp: { wire: 'tcp', port: 5170 }, tls: { wire: 'tls', port: 5170 } },
  schema: { delimiter: { type: 'string', minLength: 1 } },
  create: ({ delimiter = '\n' }, { dialer }) => {
    const frame = ({ payload }: Entry): string => oneLine(payload, delimiter) + delimiter;
    return new StreamTransport({ dialer, frame });
  },
});

/** What `type: 'udp'` in plain configuration means. */
export const udpPlugin = defineRemote<UdpOptions>({
  type: 'udp',
  schemes: { udp: { wire: 'udp', port: 5170 } },
  schema: { maxDatagramBytes: { type: 'integer', minimum: 1, maximum: MAX_DATAGRAM_BYTES } },
  create: ({ maxDatagramBytes }, { target }) =>
    new UdpTransport({ target, datagrams: ({ payload }) => [Buffer.from(payload)], maxBytes: maxDatagramBytes }),
});

/** A text that holds the delimiter (a stack in a pretty record) would be read as several records. */
function oneLine(payload: string, delimiter: string): string {
  return payload.includes(delimiter) ? payload.replaceAll(delimiter, JSON.stringify(delimiter).slice(1, -1)) : payload;
}

/**
 * Writes records into a TCP or TLS connection, a line each.
 *
 * @example
 * createLogger({ destinations: [tcp({ url: 'tls://collector.example.com:5170' })] });
 */
export function tcp(options: TcpOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'tcp' }, tcpPlugin);
}

/**
 * Sends each record as one UDP datagram.
 *
 * @example
 * createLogger({ destinations: [udp({ url: 'udp://127.0.0.1:5170' })] });
 */
export function udp(options: UdpOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'udp' }, udpPlugin);
}
