import { testEntry, waitFor } from '@metaexpert/logger-core/testing';
import { existsSync, readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { logAll } from '../../test-fixtures/log-all';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { describeServer } from '../../test-fixtures/real-server';
import { WebServer } from '../../test-fixtures/web-server';
import { syslogPlugin } from '../syslog/syslog';
import { http, httpPlugin, type HttpOptions } from './http';

const COUNT = 60;
const all = Array.from({ length: COUNT }, (_, index) => index);
const fast = { batch: { maxRecords: 20, maxDelayMs: 5 }, retry: { minDelayMs: 20 } };

async function write(options: HttpOptions, payload?: string): ReturnType<typeof writeTo> {
  return writeTo(makeTransport(httpPlugin, options).transport, payload);
}

async function writeTo(
  transport: ReturnType<typeof makeTransport>['transport'],
  payload?: string,
): Promise<Awaited<ReturnType<typeof transport.write>>> {
  const entry = testEntry();
  const result = await transport.write([payload === undefined ? entry : { ...entry, payload }], never());
  await transport.close?.(never());
  return result;
}

describeServer('nginx', 'nginx', (facts) => {
  const plain = (path: string): string => `http://127.0.0.1:${facts().plain}${path}`;
  const local = (port: 'secure' | 'mutual' | 'old', path = '/in'): string =>
    `https://localhost:${facts()[port]}${path}`;
  const trust = (): { ca: string } => ({ ca: facts().tls.ca });
  /** The numbers of the records that came through to a path, in the order of their coming. */
  const arrived = (path: string): number[] => {
    if (!existsSync(facts().out)) return [];
    const requests = readFileSync(facts().out, 'utf8').trim().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
    const taken = requests.filter(({ uri, status }) => uri === path && status === 204);
    return taken.flatMap(({ body }) => JSON.parse(body)).flatMap(({ index }) => index ?? []);
  };

  /** nginx writes down a request after it has answered it. */
  const allArrived = async (path: string): Promise<number[]> => {
    await waitFor('nginx to have written them down', () => arrived(path).length >= COUNT, 10_000);
    return arrived(path);
  };

  it('takes every record once, in order, over TLS', async () => {
    await logAll(http({ url: local('secure', '/tls'), tls: trust(), ...fast }), COUNT);
    expect(await allArrived('/tls')).toEqual(all);
  });

  it('finds a batch too large (413) until it is small enough', async () => {
    await logAll(http({ url: plain('/small'), ...fast }), COUNT);
    expect(await allArrived('/small')).toEqual(all);
  });

  it('gets a 413 heard although it answers before it has read a record of a megabyte', async () => {
    expect(await write({ url: plain('/small') }, `"${'x'.repeat(1_000_000)}"`)).toMatchObject({
      status: 'rejected',
      error: { code: 'MXL_REMOTE_TOO_LARGE' },
    });
  });

  it('asks to come later (429), and gets all of it then', async () => {
    const { transport } = makeTransport(httpPlugin, { url: plain('/limited') });
    const results = [];
    for (let count = 0; count < 3; count++) results.push(await transport.write([testEntry()], never()));
    await transport.close?.(never());
    expect(results.filter(({ status }) => status === 'retry')).toContainEqual(
      expect.objectContaining({ afterMs: 1000 }),
    );
    await logAll(http({ url: plain('/limited'), batch: { maxRecords: 20, maxDelayMs: 5 } }), COUNT);
    expect(await allArrived('/limited')).toEqual(all);
  });

  it('has nobody behind it (502) for a while, and gets all of it once somebody is there', async () => {
    expect(await write({ url: plain('/upstream') })).toMatchObject({
      status: 'retry',
      error: { message: expect.stringContaining('answered 502') },
    });
    const sending = logAll(http({ url: plain('/upstream'), ...fast }), COUNT);
    const upstream = await WebServer.start(undefined, facts().upstream);
    try {
      await sending;
      const records = upstream.seen.flatMap(({ body }) => JSON.parse(body) as { index: number }[]);
      expect(records.map(({ index }) => index)).toEqual(all);
    } finally {
      await upstream.close();
    }
  });

  it('wants a user and a password', async () => {
    const basic = { username: 'bot', password: facts().password };
    await logAll(http({ url: plain('/basic'), auth: { basic }, ...fast }), COUNT);
    expect(await allArrived('/basic')).toEqual(all);
    for (const auth of [undefined, { basic: { ...basic, password: 'WR0NG' } }]) {
      const result = await write({ url: plain('/basic'), ...(auth && { auth }) });
      expect(result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_AUTH' } });
      expect(String((result as { error: Error }).error)).not.toContain('WR0NG');
    }
  });

  it('wants a client certificate, and says 403 to who has none', async () => {
    const tls = { ...trust(), cert: facts().tls.clientCert, key: facts().tls.clientKey };
    await logAll(http({ url: local('mutual', '/mutual'), tls, ...fast }), COUNT);
    expect(await allArrived('/mutual')).toEqual(all);
    expect(await write({ url: local('mutual'), tls: trust() })).toMatchObject({
      status: 'retry',
      error: { code: 'MXL_REMOTE_AUTH', message: expect.stringContaining('403') },
    });
  });

  it('gets nothing over a TLS that is too old, though it would take it', async () => {
    expect(await write({ url: local('old', '/old'), tls: trust() })).toMatchObject({
      status: 'retry',
      error: { code: 'MXL_REMOTE_TLS' },
    });
    const { tls, old } = facts();
    const legacy = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connectTls({ port: old, servername: 'localhost', ca: readFileSync(tls.ca), ...legacy });
    await waitFor('a handshake of a client that is as old', () => socket.authorized, 10_000);
    socket.destroy();
    expect(arrived('/old')).toEqual([]);
  });
});

describeServer('tinyproxy', 'tinyproxy', (facts) => {
  const proxy = (user = `bot:${facts().password}@`): string => `http://${user}127.0.0.1:${facts().port}`;
  const trust = (): { ca: string } => ({ ca: facts().tls.ca });
  let server: WebServer;
  beforeEach(async () => {
    const { cert, key } = facts().tls;
    server = await WebServer.start({ cert: readFileSync(cert), key: readFileSync(key) });
  });
  afterEach(() => server.close());
  const indices = (): number[] =>
    server.seen.flatMap(({ body }) => JSON.parse(body) as { index: number }[]).map(({ index }) => index);

  it('opens a tunnel, through which the target shows its own certificate', async () => {
    const url = `https://localhost:${server.port}/in`;
    await logAll(http({ url, proxy: proxy(), tls: trust(), ...fast }), COUNT);
    expect(indices()).toEqual(all);
    expect(readFileSync(facts().out, 'utf8')).toContain(`CONNECT localhost:${server.port}`);
    const tls = { ...trust(), servername: 'other.example' };
    expect(await write({ url, proxy: proxy(), tls })).toMatchObject({ error: { code: 'MXL_REMOTE_TLS' } });
  });

  it('opens one for syslog over TLS, too: the server gets as far as to refuse what is no HTTP', async () => {
    const url = `syslog+tls://localhost:${server.port}`;
    await writeTo(makeTransport(syslogPlugin, { url, proxy: proxy(), tls: trust() }).transport);
    await waitFor('a connection', () => server.connections > 0, 10_000);
  });

  it('fetches a plain URL itself', async () => {
    const target = await WebServer.start();
    try {
      await logAll(http({ url: `${target.url}/in`, proxy: proxy(), ...fast }), COUNT);
      expect(target.seen.flatMap(({ body }) => JSON.parse(body)).map(({ index }) => index)).toEqual(all);
      expect(target.seen[0]?.headers['proxy-authorization']).toBeUndefined();
    } finally {
      await target.close();
    }
  });

  it.each([['no user', ''], ['a wrong password', 'bot:WR0NG@']])('turns away who has %s (407)', async (_, user) => {
    const result = await write({ url: `https://localhost:${server.port}/in`, proxy: proxy(user), tls: trust() });
    expect(result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_PROXY' } });
    expect(String((result as { error: Error }).error)).not.toContain('WR0NG');
    expect(server.connections).toBe(0);
  }); // prettier-ignore
});
