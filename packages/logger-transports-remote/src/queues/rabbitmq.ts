import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { clientTls } from '../net/client-tls';
import { lookUp } from '../net/look-up';
import { defineRemote } from '../plugin/define-remote';
import { type RemoteOptions } from '../plugin/remote-options';
import { checkClient, loadClient } from './load-client';
import { type AmqpLibrary, RabbitmqTransport } from './rabbitmq-transport';

/** Options of a `rabbitmq` destination. User, password and virtual host are in the URL. Needs the package `amqplib`. */
export interface RabbitmqOptions extends RemoteOptions {
  /** @default the default exchange, whose keys are names of queues */
  exchange?: string;
  /** @default 'logs' */
  routingKey?: string;
}

const LIBRARY = 'amqplib';

/** What `type: 'rabbitmq'` in plain configuration means. */
export const rabbitmqPlugin = defineRemote<RabbitmqOptions>({
  type: 'rabbitmq',
  schemes: { amqp: { wire: 'tcp', port: 5672 }, amqps: { wire: 'tls', port: 5671 } },
  schema: { exchange: { type: 'string' }, routingKey: { type: 'string', minLength: 1 } },
  check: ({ proxy }) => [...checkClient('rabbitmq', LIBRARY), ...noProxy(proxy)],
  create: ({ url, exchange = '', routingKey = 'logs' }, { target, tls }) =>
    new RabbitmqTransport({
      library: loadClient('rabbitmq', LIBRARY) as AmqpLibrary,
      url,
      target,
      socketOptions: async () => ({
        noDelay: true,
        lookup: lookUp,
        ...(target.wire === 'tls' && (await clientTls(target, tls))),
      }),
      exchange,
      routingKey,
    }),
});

function noProxy(proxy: string | false | undefined): { path: string; message: string }[] {
  return typeof proxy === 'string' ? [{ path: 'proxy', message: 'amqplib cannot go through a proxy' }] : [];
}

/**
 * Publishes records to RabbitMQ, with publisher confirms; a message that no queue takes is not delivered.
 *
 * @example
 * createLogger({ destinations: [rabbitmq({ url: 'amqps://bot:password@mq.example.com', routingKey: 'logs' })] });
 */
export function rabbitmq(options: RabbitmqOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'rabbitmq' }, rabbitmqPlugin);
}
