import { type DestinationOptions, type Entry, type Transport, withPlugin } from '@metaexpert/logger-core';
import { joinResults, hasRetries, type Part } from '../delivery/join-results';
import { checkAuth } from '../http/auth';
import { HTTP_SCHEMA, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';
import { StreamTransport } from '../stream/stream-transport';
import { UdpTransport } from '../stream/udp-transport';
import { gelfChunks } from './gelf-chunks';
import { gelfMessage } from './gelf-message';

/** Options of a `gelf` destination. */
export interface GelfOptions extends HttpCommonOptions {
  /** Larger messages go in chunks over UDP; 8192 fits a network of one's own. @default 1420 */
  chunkBytes?: number;
}

/** What `type: 'gelf'` in plain configuration means. */
export const gelfPlugin = defineRemote<GelfOptions>({
  type: 'gelf',
  schemes: {
    'gelf+udp': { wire: 'udp', port: 12_201 },
    'gelf+tcp': { wire: 'tcp', port: 12_201 },
    'gelf+tls': { wire: 'tls', port: 12_201 },
    http: { wire: 'tcp', port: 12_202 },
    https: { wire: 'tls', port: 12_202 },
  },
  schema: { ...HTTP_SCHEMA, chunkBytes: { type: 'integer', minimum: 64, maximum: 65_507 } },
  check: ({ auth }) => checkAuth(auth),
  create: (options, parts) => {
    const { target, dialer } = parts;
    if (target.wire === 'udp') {
      const maxBytes = options.chunkBytes ?? 1420;
      const datagrams = (entry: Entry): Buffer[] => gelfChunks(Buffer.from(gelfMessage(entry)), maxBytes);
      return new UdpTransport({ target, datagrams, maxBytes });
    }
    if (target.scheme.startsWith('gelf')) {
      return new StreamTransport({ dialer, frame: (entry) => `${gelfMessage(entry)}\0` });
    }
    const path = target.path === '/' ? '/gelf' : target.path;
    const headers = { 'Content-Type': 'application/json' };
    const request = (batch: readonly Entry[]): { path: string; headers: Record<string, string>; body: string } => ({
      path,
      headers,
      body: batch.map(gelfMessage).join('\n'),
    });
    return oneByOne(httpTransport(options, parts, { request }));
  },
});

/** Graylog's HTTP input takes one message a request. */
function oneByOne(inner: Transport): Transport {
  return {
    write: async (batch, signal) => {
      const parts: Part[] = [];
      for (const entry of batch) {
        const stopped = signal.aborted || parts.some(({ result }) => hasRetries(result));
        parts.push({ count: 1, result: stopped ? { status: 'retry' } : await inner.write([entry], signal) });
      }
      return joinResults(parts);
    },
    close: async (signal) => inner.close?.(signal),
  };
}

/**
 * Sends records to Graylog or another GELF receiver, by the scheme of the URL over UDP, TCP, TLS or HTTP.
 *
 * @example
 * createLogger({ destinations: [gelf({ url: 'gelf+udp://127.0.0.1:12201' })] });
 */
export function gelf(options: GelfOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'gelf' }, gelfPlugin);
}
