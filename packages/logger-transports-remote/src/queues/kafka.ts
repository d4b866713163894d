import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { clientTls } from '../net/client-tls';
import { defineRemote } from '../plugin/define-remote';
import { type RemoteOptions } from '../plugin/remote-options';
import { checkBrokers } from './kafka-brokers';
import { KafkaSockets } from './kafka-sockets';
import { KafkaTransport, type KafkaLibrary, type KafkaProducer } from './kafka-transport';
import { checkClient, loadClient } from './load-client';

/** Options of a `kafka` destination. User and password are in the URL. Needs the package `kafkajs`. */
export interface KafkaOptions extends RemoteOptions {
  /** @default 'logs' */
  topic?: string;
  /** Brokers besides the one of the URL, each as `host:port`: there is no port by default here. */
  brokers?: string[];
  /** Key of the record whose value is the message's key, so that its records stay in order. @default 'logger' */
  key?: string;
  /** Whether the broker drops what comes twice in one session, where it can. @default true */
  idempotent?: boolean;
  /** How user and password are shown. @default 'plain' */
  mechanism?: 'plain' | 'scram-sha-256' | 'scram-sha-512';
}

const LIBRARY = 'kafkajs';

const text = { type: 'string', minLength: 1 };

/** What `type: 'kafka'` in plain configuration means. */
export const kafkaPlugin = defineRemote<KafkaOptions>({
  type: 'kafka',
  schemes: { kafka: { wire: 'tcp', port: 9092 }, 'kafka+tls': { wire: 'tls', port: 9093 } },
  schema: {
    topic: text,
    brokers: { type: 'array', items: text },
    key: text,
    idempotent: { type: 'boolean' },
    mechanism: { enum: ['plain', 'scram-sha-256', 'scram-sha-512'] },
  },
  check: ({ url, brokers, proxy }) => [
    ...checkClient('kafka', LIBRARY),
    ...checkBrokers(url, brokers),
    ...(typeof proxy === 'string' ? [{ path: 'proxy', message: 'kafkajs cannot go through a proxy' }] : []),
  ],
  create: (options, { name, target, tls }) => {
    const { Kafka, logLevel } = loadClient('kafka', LIBRARY) as KafkaLibrary;
    const { brokers = [], topic = 'logs', key = 'logger', idempotent = true, mechanism = 'plain' } = options;
    const { host, port, username, password = '', where } = target;
    const producer = async (wanted: boolean): Promise<KafkaProducer> => {
      const sockets = new KafkaSockets();
      const made = new Kafka({
        clientId: name,
        brokers: [`${host}:${port}`, ...brokers],
        logLevel: logLevel.NOTHING,
        socketFactory: sockets.connect,
        // The destination retries; an idempotent producer insists on a try of its own.
        retry: { retries: 1, initialRetryTime: 50 },
        ...(target.wire === 'tls' && { ssl: await clientTls(target, tls) }),
        ...(username !== undefined && { sasl: { mechanism, username, password } }),
      }).producer({ idempotent: wanted, maxInFlightRequests: 1 });
      return {
        connect: () => made.connect(),
        send: (record) => made.send(record),
        disconnect: async () => {
          sockets.close();
          await made.disconnect();
        },
      };
    };
    return new KafkaTransport({ where, producer, topic, key, idempotent });
  },
});

/**
 * Sends records to a Kafka topic.
 *
 * @example
 * createLogger({ destinations: [kafka({ url: 'kafka+tls://bot:password@kafka.example.com', topic: 'logs' })] });
 */
export function kafka(options: KafkaOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'kafka' }, kafkaPlugin);
}
