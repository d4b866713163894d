import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { defineRemote } from '../plugin/define-remote';
import { type RemoteOptions } from '../plugin/remote-options';
import { NatsTransport } from './nats-transport';

/** Options of a `nats` destination. User and password are in the URL. */
export interface NatsOptions extends RemoteOptions {
  /** A subject that a JetStream stream takes. @default 'logs' */
  subject?: string;
  /** In place of user and password. */
  token?: string;
}

/** What `type: 'nats'` in plain configuration means. */
export const natsPlugin = defineRemote<NatsOptions>({
  type: 'nats',
  schemes: { nats: { wire: 'tcp', port: 4222 }, 'nats+tls': { wire: 'tls', port: 4222 } },
  schema: {
    subject: {
      type: 'string',
      pattern: '^[^\\s.*>]+(\\.[^\\s.*>]+)*$',
      description: 'a subject to publish to: words between dots, no wildcards',
    },
    token: { type: 'string', minLength: 1 },
  },
  upgrades: true,
  create: ({ subject = 'logs', token, tls }, { dialer, target }) =>
    new NatsTransport({ dialer, subject, login: { token, tls: tls !== undefined || target.wire === 'tls' } }),
});

/**
 * Publishes records to NATS JetStream. The stream drops what comes twice within its duplicate window.
 *
 * @example
 * createLogger({ destinations: [nats({ url: 'nats+tls://nats.example.com', subject: 'logs.bots' })] });
 */
export function nats(options: NatsOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'nats' }, natsPlugin);
}
