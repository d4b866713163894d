import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { defineRemote } from '../plugin/define-remote';
import { type RemoteOptions } from '../plugin/remote-options';
import { StreamTransport } from '../stream/stream-transport';
import { MAX_DATAGRAM_BYTES, UdpTransport } from '../stream/udp-transport';
import { frameMessage, type Framing } from './frame-message';
import {
  FACILITIES,
  type Facility,
  syslogMessage,
  type SyslogMessageOptions,
  type SyslogProtocol,
} from './syslog-message';

/** What every syslog destination takes. */
export interface SyslogCommonOptions extends RemoteOptions {
  /** The head that is put before a payload that has none. @default 'rfc5424' */
  protocol?: SyslogProtocol;
  /** @default 'user' */
  facility?: Facility;
  /** @default the name of the record's logger */
  appName?: string;
}

/** Options of a `syslog` destination. */
export interface SyslogOptions extends SyslogCommonOptions {
  /** How messages are told apart over TCP; TLS always counts octets (RFC 5425). @default 'octet' */
  framing?: Framing;
  /** Messages over UDP that are larger are too large; a receiver need not take more than 480 (RFC 5426). @default 65507 */
  maxDatagramBytes?: number;
}

export const SYSLOG_SCHEMA = {
  protocol: { enum: ['rfc5424', 'rfc3164'] },
  facility: { enum: [...FACILITIES] },
  appName: { type: 'string', minLength: 1 },
};

export function messageOptions({ protocol, facility, appName }: SyslogCommonOptions): SyslogMessageOptions {
  return { protocol: protocol ?? 'rfc5424', facility: facility ?? 'user', appName };
}

/** What `type: 'syslog'` in plain configuration means. */
export const syslogPlugin = defineRemote<SyslogOptions>({
  type: 'syslog',
  schemes: {
    'syslog+udp': { wire: 'udp', port: 514 },
    'syslog+tcp': { wire: 'tcp', port: 601 },
    'syslog+tls': { wire: 'tls', port: 6514 },
  },
  schema: {
    ...SYSLOG_SCHEMA,
    framing: { enum: ['octet', 'newline'] },
    maxDatagramBytes: { type: 'integer', minimum: 480, maximum: MAX_DATAGRAM_BYTES },
  },
  create: (options, { target, dialer }) => {
    const message = messageOptions(options);
    if (target.wire === 'udp') {
      const datagrams = (entry: Parameters<typeof syslogMessage>[0]): Buffer[] => [
        Buffer.from(syslogMessage(entry, message)),
      ];
      return new UdpTransport({ target, datagrams, maxBytes: options.maxDatagramBytes });
    }
    const framing = options.framing ?? 'octet';
    return new StreamTransport({ dialer, frame: (entry) => frameMessage(syslogMessage(entry, message), framing) });
  },
});

/**
 * Sends records to a syslog server, by the scheme of the URL over UDP, TCP or TLS. A payload that begins with `<PRI>`, as
 * that of `format: 'rfc5424'` does, goes as it is; any other gets a head.
 *
 * @example
 * createLogger({ destinations: [syslog({ url: 'syslog+tls://logs.example.com', tls: { ca: 'ca.pem' } })] });
 */
export function syslog(options: SyslogOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'syslog' }, syslogPlugin);
}
