import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { clientTls } from '../net/client-tls';
import { lookUp } from '../net/look-up';
import { defineRemote } from '../plugin/define-remote';
import { type RemoteOptions } from '../plugin/remote-options';
import { KafkaTransport, type KafkaLibrary } from './kafka-transport';
import { checkClient, loadClient } from './load-client';

/** Options of a `kafka` destination. User and password are in the URL. Needs the package `kafkajs`. */
export interface KafkaOptions extends RemoteOptions {
  /** @default 'logs' */
  topic?: string;
  /** Brokers besides the one of the URL, as `host:port`. */
  brokers?: string[];
  /** Key of the record whose value is the message's key, so that its records stay in order. @default 'logger' */
  key?: string;
  /** Whether the broker drops what comes twice in one session, where it can. @default true */
  idempotent?: boolean;
  /** How user and password are shown. @default 'plain' */
  mechanism?: 'plain' | 'scram-sha-256' | 'scram-sha-512';
}

const LIBRARY = 'kafkajs';

interface SocketRequest {
  readonly host: string;
  readonly port: number;
  readonly ssl?: ConnectionOptions | null;
  readonly onConnect: () => void;
}

/** What kafkajs does by itself, but for the look-up of names. */
function socketFactory({ host, port, ssl, onConnect }: SocketRequest): Socket {
  const where = { host, port, lookup: lookUp };
  const socket = ssl
    ? connectTls({ ...where, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
    : connectTcp(where, onConnect);
  return socket.setKeepAlive(true, KEEP_ALIVE_MS);
}

const KEEP_ALIVE_MS = 60_000;

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
  check: ({ proxy }) => [
    ...checkClient('kafka', LIBRARY),
    ...(typeof proxy === 'string' ? [{ path: 'proxy', message: 'kafkajs cannot go through a proxy' }] : []),
  ],
  create: (options, { name, target, tls }) => {
    const { Kafka, logLevel } = loadClient('kafka', LIBRARY) as KafkaLibrary;
    const { brokers = [], topic = 'logs', key = 'logger', idempotent = true, mechanism = 'plain' } = options;
    const { host, port, username, password = '', where } = target;
    const producer = async (wanted: boolean): Promise<ReturnType<InstanceType<KafkaLibrary['Kafka']>['producer']>> =>
      new Kafka({
        clientId: name,
        brokers: [`${host}:${port}`, ...brokers],
        logLevel: logLevel.NOTHING,
        socketFactory,
        // The destination retries; an idempotent producer insists on a try of its own.
        retry: { retries: 1, initialRetryTime: 50 },
        ...(target.wire === 'tls' && { ssl: await clientTls(target, tls) }),
        ...(username !== undefined && { sasl: { mechanism, username, password } }),
      }).producer({ idempotent: wanted, maxInFlightRequests: 1 });
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
