import { createLogger } from '@metaexpert/logger-core';
import { describeTransport, testEntry, waitFor } from '@metaexpert/logger-core/testing';
import { type ChannelModel, connect } from 'amqplib';
import { Kafka, logLevel } from 'kafkajs';
import { logAll } from '../../test-fixtures/log-all';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { describeServer } from '../../test-fixtures/real-server';
import { StreamServer } from '../../test-fixtures/stream-server';
import { kafka, kafkaPlugin } from './kafka';
import { checkClient } from './load-client';
import { rabbitmq, rabbitmqPlugin } from './rabbitmq';

const COUNT = 500;

const fast = { batch: { maxRecords: 50, maxDelayMs: 5 } };

describe('a client library', () => {
  it('that is missing is named in one line, with what to install', () => {
    expect(checkClient('kafka', 'kafkajs')).toEqual([]);
    expect(checkClient('pigeon', 'no-such-pigeon')).toEqual([
      { path: 'type', message: `'pigeon' needs the package no-such-pigeon: npm install no-such-pigeon` },
    ]);
  });

  it('that cannot go through a proxy is not sent through one', () => {
    const destinations = [kafka({ url: 'kafka://127.0.0.1', proxy: 'http://p:1' })];
    expect(() => createLogger({ sources: false, destinations })).toThrow('destinations[0].proxy: kafkajs cannot');
  });

  it.each([
    [{ brokers: ['b2:9092', 'b3'] }, `destinations[0].brokers[1]: 'b3' is not host:port (such as 'broker-2:9092')`],
    [{ brokers: ['kafka://b2:9092'] }, `'kafka://b2:9092' is not host:port`],
    [{ brokers: ['b2:0'] }, `'b2:0' is not host:port`],
    [{ brokers: ['b2:65536'] }, `'b2:65536' is not host:port`],
    [{ url: 'kafka://[::1]:9092' }, 'destinations[0].url: kafkajs takes no IPv6 address; use a name'],
  ])('that would look for brokers elsewhere is not let: %j', (wrong, message) => {
    const destinations = [kafka({ url: 'kafka://127.0.0.1', ...wrong })];
    expect(() => createLogger({ sources: false, destinations })).toThrow(message);
  });

  it.each([
    ['rabbitmq', rabbitmqPlugin, 'amqp://bot:S3CRET@127.0.0.1:1'],
    ['kafka', kafkaPlugin, 'kafka://bot:S3CRET@127.0.0.1:1'],
  ])('of %s is a retry while nobody listens, and does not show the password', async (_, plugin, url) => {
    const { transport } = makeTransport(plugin, { url });
    const result = await transport.write([testEntry()], never());
    expect(result).toMatchObject({ status: 'retry', error: { name: 'RemoteError' } });
    expect(String((result as { error: Error }).error)).not.toContain('S3CRET');
    await transport.close?.(never());
  });

  it.each([
    ['rabbitmq', rabbitmqPlugin, 'amqp'],
    ['kafka', kafkaPlugin, 'kafka'],
  ])('of %s holds one connection to a server that says nothing, however many writes give up', async (_, plugin, scheme) => {
    const silent = await StreamServer.start();
    const { transport } = makeTransport(plugin, { url: `${scheme}://127.0.0.1:${silent.port}` });
    for (let tries = 0; tries < 3; tries++) {
      expect(await transport.write([testEntry()], AbortSignal.timeout(100))).toMatchObject({ status: 'retry' });
    }
    expect(silent.sockets).toHaveLength(1);
    await transport.close?.(never());
    await waitFor('its end', () => silent.sockets.every((socket) => socket.closed), 5000);
    await silent.close();
  }); // prettier-ignore
});

describeServer('rabbitmq', 'rabbitmq-server', (facts) => {
  let made = 0;
  let model: ChannelModel;
  const url = (): string => `amqp://guest:guest@127.0.0.1:${facts().plain}`;
  beforeAll(async () => {
    model = await connect(url());
  });
  afterAll(async () => model.close());

  async function withQueue(name: string): Promise<string> {
    const channel = await model.createChannel();
    await channel.assertQueue(name, { durable: true });
    await channel.close();
    return name;
  }

  async function messagesOf(queue: string): Promise<{ text: string; id: unknown }[]> {
    const channel = await model.createChannel();
    const messages = [];
    for (let one = await channel.get(queue); one !== false; one = await channel.get(queue)) {
      messages.push({ text: one.content.toString(), id: one.properties.messageId });
    }
    await channel.close();
    return messages;
  }

  describeTransport({
    create: async () => {
      made += 1;
      const routingKey = await withQueue(`contract-${made}`);
      return makeTransport(rabbitmqPlugin, { url: url(), routingKey }).transport;
    },
    received: async () => (await messagesOf(`contract-${made}`)).map(({ text }) => text),
  });

  it('takes every record over TLS, in order', async () => {
    const routingKey = await withQueue('all');
    const secure = `amqps://guest:guest@localhost:${facts().secure}`;
    await logAll(rabbitmq({ url: secure, routingKey, tls: { ca: facts().tls.ca }, ...fast }), COUNT);
    const messages = await messagesOf('all');
    expect(messages.map(({ text }) => (JSON.parse(text) as { index: number }).index)).toEqual(
      Array.from({ length: COUNT }, (_, index) => index),
    );
    expect(new Set(messages.map(({ id }) => id)).size).toBe(COUNT);
  });

  it('gets nothing over TLS when it is not who it should be', async () => {
    const secure = `amqps://guest:guest@localhost:${facts().secure}`;
    const pins = [`${'A'.repeat(43)}=`];
    for (const tls of [{}, { ca: facts().tls.ca, servername: 'other.example' }, { ca: facts().tls.ca, pins }]) {
      const { transport } = makeTransport(rabbitmqPlugin, { url: secure, tls });
      expect(await transport.write([testEntry()], never())).toMatchObject({
        status: 'retry',
        error: { code: 'MXL_REMOTE_TLS' },
      });
      await transport.close?.(never());
    }
  });

  it('has not delivered what no queue takes', async () => {
    const { transport } = makeTransport(rabbitmqPlugin, { url: url(), routingKey: 'nobody' });
    const result = await transport.write([testEntry(), testEntry({ id: 'T-2' })], never());
    expect(result).toMatchObject({
      status: 'retry',
      error: { message: expect.stringContaining(`no queue takes 'nobody'`) },
    });
    await transport.close?.(never());
  });
});

describeServer('kafka', 'kcat', (facts) => {
  const url = (): string => `kafka://${facts().brokers[0]}`;

  it('takes every record, with its id, in order', async () => {
    await logAll(kafka({ url: url(), topic: 'all', brokers: [facts().brokers[1]], ...fast }), COUNT);
    const consumer = new Kafka({ brokers: [...facts().brokers], logLevel: logLevel.NOTHING }).consumer({
      groupId: 'test',
    });
    const [ids, seen] = [new Set<string>(), new Map<number, number[]>()];
    await consumer.connect();
    await consumer.subscribe({ topic: 'all', fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        ids.add(String(message.headers?.['id']));
        const { index } = JSON.parse(String(message.value)) as { index: number };
        seen.set(partition, [...(seen.get(partition) ?? []), index]);
      },
    });
    await waitFor('all messages', () => [...seen.values()].flat().length >= COUNT, 20_000);
    await consumer.disconnect();
    // One logger, one key, one partition: one order.
    expect([...seen.values()]).toEqual([Array.from({ length: COUNT }, (_, index) => index)]);
    expect(ids.size).toBe(COUNT);
  });
});
