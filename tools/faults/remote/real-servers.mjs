import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect as connectAmqp } from 'amqplib';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats } from '@nats-io/transport-node';
import { clickhouse } from '../../servers/catalogue/clickhouse.mjs';
import { kafka } from '../../servers/catalogue/kafka.mjs';
import { nats } from '../../servers/catalogue/nats.mjs';
import { rabbitmq } from '../../servers/catalogue/rabbitmq.mjs';
import { redis } from '../../servers/catalogue/redis.mjs';
import { rsyslog } from '../../servers/catalogue/rsyslog.mjs';
import { hasBinary } from '../../servers/start-server.mjs';
import { KafkaProxies } from './kafka-proxies.mjs';
import { TcpProxy } from './tcp-proxy.mjs';

const lines = (text) => text.split('\n').filter(Boolean);

/**
 * The real servers, as the rows use them: which port a proxy stands before, how a destination reaches them through it, and
 * what has arrived, as records. `prepare` makes a queue or stream first. `once` is true where what comes twice is dropped. `proxy`
 * makes another proxy than the usual one.
 */
export const realServers = {
  relp: {
    server: rsyslog,
    port: ({ relp }) => relp,
    destination: (port, _, host = '127.0.0.1') => ({ kind: 'relp', url: `relp://${host}:${port}` }),
    arrived: async ({ out }) => lines(readIfThere(out)).map((line) => JSON.parse(JSON.parse(line).msg.trim())),
  },
  redis: {
    server: redis,
    port: ({ plain }) => plain,
    destination: (port, { password }, host = '127.0.0.1') => ({
      kind: 'redis',
      url: `redis://:${password}@${host}:${port}`,
    }),
    arrived: async ({ plain, password }) => {
      const env = { ...process.env, REDISCLI_AUTH: password };
      const text = execFileSync('redis-cli', ['-p', plain, '--json', 'XRANGE', 'logs', '-', '+'], { env, ...LARGE });
      return JSON.parse(text).map(([, fields]) => JSON.parse(fields[fields.length - 1]));
    },
  },
  nats: {
    server: nats,
    port: ({ port }) => port,
    once: true,
    prepare: (facts) => withJetstream(facts, (manager) => manager.streams.add({ name: 'LOGS', subjects: ['logs'] })),
    destination: (port, { token, tls }, host = 'localhost') => ({
      kind: 'nats',
      url: `nats+tls://${host}:${port}`,
      options: { token, tls: { servername: 'localhost', ca: tls.ca, cert: tls.clientCert, key: tls.clientKey } },
    }),
    arrived: (facts) =>
      withJetstream(facts, async (manager) => {
        const { state } = await manager.streams.info('LOGS');
        const records = [];
        for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
          const message = await manager.streams.getMessage('LOGS', { seq });
          if (message) records.push(JSON.parse(new TextDecoder().decode(message.data)));
        }
        return records;
      }),
  },
  rabbitmq: {
    server: rabbitmq,
    port: ({ plain }) => plain,
    prepare: (facts) => withChannel(facts, (channel) => channel.assertQueue('logs', { durable: true })),
    destination: (port, _, host = '127.0.0.1') => ({
      kind: 'rabbitmq',
      url: `amqp://guest:guest@${host}:${port}`,
      options: { routingKey: 'logs' },
    }),
    arrived: (facts) =>
      withChannel(facts, async (channel) => {
        const records = [];
        // Not acknowledged: they are back in the queue when the channel closes.
        for (let one = await channel.get('logs'); one; one = await channel.get('logs')) {
          records.push(JSON.parse(one.content.toString()));
        }
        return records;
      }),
  },
  clickhouse: {
    server: clickhouse,
    port: ({ http }) => http,
    once: true,
    destination: (port, _, host = '127.0.0.1') => ({
      kind: 'clickhouse',
      url: `http://${host}:${port}`,
      options: { table: 'logs', createTable: true },
    }),
    arrived: async ({ http }) => {
      const body = 'SELECT record FROM logs FINAL FORMAT JSONEachRow';
      const answer = await fetch(`http://127.0.0.1:${http}/`, { method: 'POST', body });
      return answer.ok ? lines(await answer.text()).map((line) => JSON.parse(JSON.parse(line).record)) : [];
    },
  },
  kafka: {
    server: kafka,
    port: ({ brokers }) => brokers.map((broker) => Number(broker.split(':')[1])),
    proxy: (ports, fault) => new KafkaProxies({ ports, fault }),
    destination: ([first, ...others], _, host = '127.0.0.1') => ({
      kind: 'kafka',
      url: `kafka://${host}:${first}`,
      options: { topic: 'logs', brokers: others.map((port) => `${host}:${port}`) },
    }),
    arrived: async ({ brokers }) => {
      const text = execFileSync('kcat', ['-C', '-q', '-e', '-b', brokers.join(), '-t', 'logs'], {
        ...LARGE,
        timeout: 10_000,
      });
      return lines(text.toString()).map((line) => JSON.parse(line));
    },
  },
};

/** What stands before a server: its `listen` resolves with what `destination` wants to know. */
export function proxyBefore({ port, proxy }, facts, fault) {
  return proxy?.(port(facts), fault) ?? new TcpProxy({ targetPort: port(facts), fault });
}

const LARGE = { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] };

/** Whether all of them are installed. */
export const hasServers = () => Object.values(realServers).every(({ server }) => hasBinary(server.binary));

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

async function withJetstream({ port, token, tls }, work) {
  const files = { caFile: tls.ca, certFile: tls.clientCert, keyFile: tls.clientKey };
  const connection = await connectNats({ servers: `localhost:${port}`, token, tls: files });
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

async function withChannel({ plain }, work) {
  const connection = await connectAmqp(`amqp://guest:guest@127.0.0.1:${plain}`);
  try {
    return await work(await connection.createChannel());
  } finally {
    await connection.close();
  }
}
