import { createLogger, type DestinationOptions } from '@metaexpert/logger-core';
import { describeTransport, testEntry, waitFor } from '@metaexpert/logger-core/testing';
import { existsSync, readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { makeTransport, never } from '../test-fixtures/make-transport';
import { logAll } from '../test-fixtures/log-all';
import { describeServer, type ServerFacts } from '../test-fixtures/real-server';
import { nats, type NatsOptions, natsPlugin } from './queues/nats';
import { redis, redisPlugin } from './queues/redis';
import { RedisReader, redisCommand, type RedisReply } from './queues/redis-reader';
import { clickhouse, clickhousePlugin } from './stores/clickhouse';
import { relp } from './syslog/relp';
import { syslog } from './syslog/syslog';

const COUNT = 500;

const fast = { batch: { maxRecords: 50, maxDelayMs: 5 } };

describeServer('rsyslog', 'rsyslogd', (facts) => {
  const arrived = (run: string): number[] => {
    if (!existsSync(facts().out)) return [];
    return readFileSync(facts().out, 'utf8')
      .split('\n')
      .filter((line) => line.includes(`"app": "${run}"`) || line.includes(`"app":"${run}"`))
      .map((line) => JSON.parse(JSON.parse(line).msg.trim()))
      .filter(({ message }) => message === 'Ордер 約定 🚀')
      .map(({ index }) => index);
  };
  const all = Array.from({ length: COUNT }, (_, index) => index);
  const tls = (): object => ({ ca: facts().tls.ca });
  const mine = (): object => ({ ...tls(), cert: facts().tls.clientCert, key: facts().tls.clientKey });

  it.each<[string, () => DestinationOptions]>([
    ['tcp', () => syslog({ url: `syslog+tcp://127.0.0.1:${facts().plain}`, appName: 'tcp', ...fast })],
    ['lines', () => syslog({ url: `syslog+tcp://127.0.0.1:${facts().plain}`, appName: 'lines', framing: 'newline', ...fast })],
    ['tls', () => syslog({ url: `syslog+tls://localhost:${facts().secure}`, appName: 'tls', tls: tls(), ...fast })],
    ['mutual', () => syslog({ url: `syslog+tls://localhost:${facts().mutual}`, appName: 'mutual', tls: mine(), ...fast })],
    ['relp', () => relp({ url: `relp://127.0.0.1:${facts().relp}`, appName: 'relp', ...fast })],
  ])('takes every record over %s once, in order', async (run, destination) => {
    await logAll(destination(), COUNT);
    await waitFor(`${COUNT} lines`, () => arrived(run).length >= COUNT, 20_000);
    expect(arrived(run)).toEqual(all);
  }); // prettier-ignore

  it('takes them over UDP, as far as UDP goes, and with the head of RFC 3164', async () => {
    const url = `syslog+udp://127.0.0.1:${facts().plain}`;
    await logAll(syslog({ url, appName: 'udp', protocol: 'rfc3164', batch: { maxRecords: 5, maxDelayMs: 1 } }), 50);
    await waitFor('50 lines', () => arrived('udp').length >= 50, 20_000);
    expect(arrived('udp').toSorted((a, b) => a - b)).toEqual(all.slice(0, 50));
  });

  it('turns away who shows no certificate, and nothing counts as delivered', async () => {
    const log = createLogger({
      sources: false,
      exitHooks: false,
      destinations: [syslog({ url: `syslog+tls://localhost:${facts().mutual}`, appName: 'stranger', tls: tls() })],
    });
    log.on('failure', () => {});
    log.info('Ордер 約定 🚀', { index: 1 });
    await waitFor('a failed try', () => (log.health()[0]?.retries ?? 0) > 0, 20_000);
    expect(log.health()[0]?.delivered).toBe(0);
    await log.close({ timeoutMs: 10 });
  });
});

async function askRedis(facts: ServerFacts, ...words: string[]): Promise<RedisReply> {
  const socket = connectTcp(facts['plain'], '127.0.0.1');
  const [reader, replies] = [new RedisReader(), [] as RedisReply[]];
  socket.on('data', (chunk: Buffer) => void replies.push(...reader.push(chunk)));
  socket.write(redisCommand('AUTH', facts['password']) + redisCommand(...words));
  await waitFor('the reply', () => replies.length === 2);
  socket.destroy();
  return replies[1]!;
}

describeServer('redis', 'redis-server', (facts) => {
  const entriesOf = async (stream: string): Promise<string[][]> =>
    ((await askRedis(facts(), 'XRANGE', stream, '-', '+')) as [string, string[]][]).map(([, fields]) => fields);
  let made = 0;

  describeTransport({
    create: () => {
      made += 1;
      const url = `redis://:${facts().password}@127.0.0.1:${facts().plain}`;
      return makeTransport(redisPlugin, { url, stream: `contract-${made}` }).transport;
    },
    received: async () => (await entriesOf(`contract-${made}`)).map((fields) => fields[5]!),
  });

  it('takes every record over mutual TLS, and cuts the stream', async () => {
    const tls = { ca: facts().tls.ca, cert: facts().tls.clientCert, key: facts().tls.clientKey };
    const url = `rediss://:${facts().password}@localhost:${facts().secure}/3`;
    await logAll(redis({ url, tls, stream: 'all', maxLength: 100_000, ...fast }), COUNT);
    const length = makeTransport(redisPlugin, { url, tls, stream: 'all' });
    expect(await length.transport.write([testEntry()], never())).toEqual({ status: 'delivered' });
    await length.transport.close?.(never());
    expect(await askRedis(facts(), 'XLEN', 'all')).toBe(0); // they are in database 3, not in 0
  });

  it('says that the password is wrong, without the password', async () => {
    const url = `redis://:WR0NG@127.0.0.1:${facts().plain}`;
    const result = await makeTransport(redisPlugin, { url }).transport.write([testEntry()], never());
    expect(result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_AUTH' } });
    expect(String((result as { error: Error }).error)).not.toContain('WR0NG');
  });

  it('is a retry while the key is something else than a stream', async () => {
    await askRedis(facts(), 'SET', 'taken', 'x');
    const url = `redis://:${facts().password}@127.0.0.1:${facts().plain}`;
    const { transport } = makeTransport(redisPlugin, { url, stream: 'taken' });
    expect(await transport.write([testEntry()], never())).toMatchObject({
      status: 'retry',
      error: { message: expect.stringContaining('WRONGTYPE') },
    });
    await transport.close?.(never());
  });
});

describeServer('nats', 'nats-server', (facts) => {
  const tls = (): Record<string, string> => ({
    ca: facts().tls.ca,
    cert: facts().tls.clientCert,
    key: facts().tls.clientKey,
  });
  const url = (): string => `nats+tls://localhost:${facts().port}`;
  const options = (subject: string): NatsOptions => ({ url: url(), subject, token: facts().token, tls: tls() });

  it('is a retry while no stream takes the subject', async () => {
    const { transport } = makeTransport(natsPlugin, options('nobody'));
    const result = await transport.write([testEntry()], never());
    expect(result).toMatchObject({
      status: 'retry',
      error: { message: expect.stringContaining('no stream takes the subject nobody') },
    });
    await transport.close?.(never());
  });

  it('stores every record once, however often it is sent, and says what is too large', async () => {
    await jetstream(facts(), 'STREAM.CREATE.LOGS', {
      name: 'LOGS',
      subjects: ['logs.>'],
      storage: 'file',
      duplicate_window: 120e9,
    });
    const { transport } = makeTransport(natsPlugin, options('logs.twice'));
    const batch = Array.from({ length: 20 }, (_, index) => testEntry({ id: `T-${index}` }));
    expect(await transport.write(batch, never())).toEqual({ status: 'delivered' });
    expect(await transport.write(batch, never())).toEqual({ status: 'delivered' });
    const giant = { ...testEntry({ id: 'giant' }), payload: 'x'.repeat(2_000_000) };
    expect(await transport.write([giant], never())).toMatchObject({
      status: 'rejected',
      error: { code: 'MXL_REMOTE_TOO_LARGE' },
    });
    await transport.close?.(never());
    await logAll(nats({ url: url(), subject: 'logs.all', token: facts().token, tls: tls(), ...fast }), COUNT);
    const info = await jetstream(facts(), 'STREAM.INFO.LOGS', {});
    expect(info.state.messages).toBe(20 + COUNT);
  });

  it('says that the token is wrong, without the token', async () => {
    const { transport } = makeTransport(natsPlugin, { ...options('logs.x'), token: 'WR0NG' });
    const result = await transport.write([testEntry()], never());
    expect(result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_AUTH' } });
    expect(String((result as { error: Error }).error)).not.toContain('WR0NG');
    await transport.close?.(never());
  });

  /** Asks JetStream itself, by a client of a few lines. */
  async function jetstream(
    server: ServerFacts,
    api: string,
    request: object,
  ): Promise<{ state: { messages: number } }> {
    const plain = connectTcp(server['port'], '127.0.0.1');
    await new Promise((resolve) => plain.once('data', resolve));
    const read = (name: keyof ServerFacts['tls']): Buffer => readFileSync(server['tls'][name]);
    const secure = { ca: read('ca'), cert: read('clientCert'), key: read('clientKey'), servername: 'localhost' };
    const socket = connectTls({ socket: plain, ...secure });
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const body = JSON.stringify(request);
    const login = JSON.stringify({ verbose: false, auth_token: server['token'] });
    socket.write(
      `CONNECT ${login}\r\nSUB answer 1\r\nPUB $JS.API.${api} answer ${Buffer.byteLength(body)}\r\n${body}\r\n`,
    );
    await waitFor('the answer', () => /MSG answer 1 \d+\r\n.*\}\r\n$/s.test(said), 10_000);
    socket.destroy();
    return JSON.parse(/MSG answer 1 \d+\r\n(.*)\r\n$/s.exec(said)![1]!);
  }
});

describeServer('clickhouse', 'clickhouse-server', (facts) => {
  const ask = async (query: string): Promise<Record<string, string>[]> => {
    const answer = await fetch(
      `http://127.0.0.1:${facts().http}/?query=${encodeURIComponent(`${query} FORMAT JSONEachRow`)}`,
    );
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line)); // prettier-ignore
  };
  let made = 0;
  describeTransport({
    create: () => {
      made += 1;
      const options = { url: `http://127.0.0.1:${facts().http}`, table: `contract_${made}`, createTable: true };
      return makeTransport(clickhousePlugin, options).transport;
    },
    received: async () =>
      (await ask(`SELECT record FROM contract_${made} ORDER BY seq`)).map(({ record }) => String(record)),
  });

  it('makes its table, takes every record packed, and shows one that was sent twice once', async () => {
    const url = `http://127.0.0.1:${facts().http}`;
    await logAll(clickhouse({ url, table: 'all_logs', createTable: true, compression: 'gzip', ...fast }), COUNT);
    const [row] = await ask('SELECT count() AS n, uniqExact(id) AS ids, max(seq) AS last FROM all_logs');
    expect([Number(row?.n), Number(row?.ids), Number(row?.last)]).toEqual([COUNT, COUNT, COUNT]);
    const { transport } = makeTransport(clickhousePlugin, { url, table: 'twice', createTable: true });
    for (let count = 0; count < 2; count++) await transport.write([testEntry({ id: 'T-1' })], never());
    await transport.close?.(never());
    expect(await ask('SELECT id FROM twice FINAL')).toEqual([{ id: 'T-1' }]);
  });

  it('finds the record whose fields the table does not have', async () => {
    const url = `http://127.0.0.1:${facts().http}`;
    const body = 'CREATE TABLE own (message String, price Float64) ENGINE = Memory';
    await fetch(url, { method: 'POST', body });
    const { transport } = makeTransport(clickhousePlugin, { url, table: 'own', rows: 'payload' });
    const rows = ['{"message":"a","price":1}', '{"message":"b","nothing":"like this"}', '{"message":"c","price":2}'];
    const batch = rows.map((payload) => ({ ...testEntry(), payload }));
    expect(await transport.write(batch, never())).toMatchObject({
      status: 'partial',
      delivered: [0, 2],
      rejected: [1],
      retry: [],
    });
    await transport.close?.(never());
    expect(await ask('SELECT message FROM own ORDER BY message')).toEqual([{ message: 'a' }, { message: 'c' }]);
  });
});
