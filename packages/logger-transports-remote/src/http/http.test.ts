import { createLogger, type WriteResult } from '@metaexpert/logger-core';
import { describeTransport, testEntry, waitFor } from '@metaexpert/logger-core/testing';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { WebServer } from '../../test-fixtures/web-server';
import { http, httpPlugin, type HttpOptions } from './http';

let server: WebServer;
const close: (() => Promise<void> | undefined)[] = [];

beforeEach(async () => {
  server = await WebServer.start();
});
afterEach(async () => {
  for (const one of close.splice(0)) await one();
  await server.close();
});

const batch = (count = 3, message = 'order placed'): ReturnType<typeof testEntry>[] =>
  Array.from({ length: count }, (_, index) => testEntry({ message: `${message} ${index}`, id: `T-${index}` }));

function open(options: Partial<HttpOptions> = {}): ReturnType<typeof makeTransport>['transport'] {
  const { transport } = makeTransport(httpPlugin, { url: `${server.url}/in`, ...options });
  close.push(() => transport.close?.(never()));
  return transport;
}

const write = (options: Partial<HttpOptions> = {}, entries = batch()): Promise<WriteResult> =>
  open(options).write(entries, never());

describe('http as a transport', () => {
  let own: WebServer;
  describeTransport({
    create: async () => {
      own = await WebServer.start();
      return makeTransport(httpPlugin, { url: own.url, body: 'lines' }).transport;
    },
    received: () => own.seen.flatMap(({ body }) => body.trimEnd().split('\n')),
    cleanup: () => own.close(),
  });
});

describe('what http sends', () => {
  it('is a JSON array by default', async () => {
    expect(await write()).toEqual({ status: 'delivered' });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: 'POST', url: '/in', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(seen?.body ?? '')).toMatchObject([
      { message: 'order placed 0' },
      {},
      { message: 'order placed 2' },
    ]);
  });

  it.each(['gzip', 'br'] as const)(
    'is JSON Lines packed with %s, by any method, with any header',
    async (compression) => {
      const options = { body: 'lines', compression, method: 'PUT', headers: { 'X-Bot': 'ema' } } as const;
      expect(await write(options)).toEqual({ status: 'delivered' });
      const [seen] = server.seen;
      expect(seen).toMatchObject({ method: 'PUT', headers: { 'content-encoding': compression, 'x-bot': 'ema' } });
      expect(
        seen?.body
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).id),
      ).toEqual(['T-0', 'T-1', 'T-2']);
    },
  );

  it('follows a template whose values stay inside their quotes', async () => {
    const template = { start: '{"all":[', record: '{"text":"{{level}}: {{message}} {{symbol}}{{none}}"}', end: ']}' };
    const hostile = testEntry({ message: 'a "quote"\n{{level}}', fields: { symbol: 'BTC' } });
    await write({ template }, [hostile, testEntry({ message: 'b' })]);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      all: [{ text: 'info: a "quote"\n{{level}} BTC' }, { text: 'info: b ' }],
    });
  });

  it('goes over one kept connection, and over a new one when the server has closed that', async () => {
    const transport = open();
    for (let count = 0; count < 5; count++) await transport.write(batch(1), never());
    expect(server.connections).toBe(1);
    const { port } = server;
    await server.close();
    server = await WebServer.start(undefined, port);
    expect(await transport.write(batch(1), never())).toEqual({ status: 'delivered' });
  });
});

describe('what http makes of an answer', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [302, 'retry'],
    [400, 'rejected'],
    [404, 'retry'],
    [408, 'retry'],
    [422, 'rejected'],
    [429, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
  ])('%i is %s', async (status, meant) => {
    server.answer = () => status;
    expect(await write()).toMatchObject({ status: meant });
  });

  it('waits as long as Retry-After says, in seconds or until a date', async () => {
    server.answer = (_, response) => void response.writeHead(429, { 'Retry-After': '7' }).end();
    expect(await write()).toMatchObject({ status: 'retry', afterMs: 7000 });
    const date = new Date(Date.now() + 60_000).toUTCString();
    server.answer = (_, response) => void response.writeHead(503, { 'Retry-After': date }).end();
    const result = (await write()) as { afterMs: number };
    expect(result.afterMs).toBeGreaterThan(30_000);
    expect(result.afterMs).toBeLessThanOrEqual(60_000);
  });

  it('says who answered what, without the secret that the server repeats', async () => {
    server.answer = ({ headers }, response) =>
      void response.writeHead(403).end(`no entry for ${headers.authorization ?? ''}`);
    const result = await write({ auth: { bearer: 'S3CRET-TOKEN' } });
    expect(result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_AUTH' } });
    const { message } = (result as { error: Error }).error;
    expect(message).toContain(`http://127.0.0.1:${server.port} answered 403: no entry for Bearer ***`);
    expect(message).not.toContain('S3CRET');
  });

  it.each([
    ['nobody listens', async () => server.close(), 'MXL_REMOTE_CONNECT'],
    ['the connection is reset', async () => void (server.answer = (_seen, _response, socket) => void socket.resetAndDestroy()), 'MXL_REMOTE_CONNECT'],
    ['the answer is cut off', async () => void (server.answer = (_, response, socket) => { response.writeHead(200, { 'Content-Length': 100 }).write('{'); setImmediate(() => socket.destroy()); }), 'MXL_REMOTE_CONNECT'],
  ])('is a retry when %s', async (_, prepare, code) => {
    await prepare();
    expect(await write()).toMatchObject({ status: 'retry', error: { name: 'RemoteError', code } });
  }); // prettier-ignore

  it('comes to an end when the signal aborts, and lets the connection go', async () => {
    server.answer = () => undefined;
    const controller = new AbortController();
    const result = open().write(batch(), controller.signal);
    await waitFor('the request', () => server.seen.length === 1);
    controller.abort();
    expect(await result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_CONNECT' } });
    await waitFor('the connection to be closed', () => server.open === 0);
  });
});

describe('who sends', () => {
  const seenHeader = (name: string): unknown => server.seen.at(-1)?.headers[name];

  it('is said by basic, bearer, a header, or the user in the URL', async () => {
    await write({ auth: { basic: { username: 'bot', password: 'pass:wörd' } } });
    expect(seenHeader('authorization')).toBe(`Basic ${Buffer.from('bot:pass:wörd').toString('base64')}`);
    await write({ auth: { bearer: 'T' } });
    expect(seenHeader('authorization')).toBe('Bearer T');
    await write({ auth: { header: { name: 'X-Api-Key', value: 'K' } } });
    expect(seenHeader('x-api-key')).toBe('K');
    await write({ url: `http://bot:p%40ss@127.0.0.1:${server.port}/` });
    expect(seenHeader('authorization')).toBe(`Basic ${Buffer.from('bot:p@ss').toString('base64')}`);
  });

  it('asks for another token after a 401, once, and keeps it', async () => {
    let tokens = 0;
    server.answer = ({ headers }) => (headers.authorization === 'Bearer 2' ? 200 : 401);
    const transport = open({ auth: { token: async () => String(++tokens) } });
    expect(await transport.write(batch(), never())).toEqual({ status: 'delivered' });
    expect(await transport.write(batch(), never())).toEqual({ status: 'delivered' });
    expect([tokens, server.seen.length]).toEqual([2, 3]);
    server.answer = () => 401;
    expect(await transport.write(batch(), never())).toMatchObject({
      status: 'retry',
      error: { code: 'MXL_REMOTE_AUTH' },
    });
    expect([tokens, server.seen.length]).toEqual([3, 5]);
  });

  it('is unknown, and nothing is sent, while the token callback fails', async () => {
    const token = (): string => {
      throw new Error('S3CRET');
    };
    const result = await write({ auth: { token } });
    expect(result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_AUTH' } });
    expect((result as { error: Error }).error.message).not.toContain('S3CRET');
    expect(server.seen).toHaveLength(0);
  });
});

describe('an http destination', () => {
  it('delivers every record of a logger once, through failures of every kind', async () => {
    let requests = 0;
    const ids = new Set<string>();
    server.answer = ({ body }, response, socket) => {
      requests += 1;
      if (requests % 5 === 1) return 503;
      if (requests % 5 === 2) return void socket.resetAndDestroy();
      if (requests % 5 === 3) return void response.writeHead(429, { 'Retry-After': '0' }).end();
      for (const { id } of JSON.parse(body)) ids.add(id);
      if (requests % 5 === 4) return void socket.resetAndDestroy(); // committed, and the answer is lost
      return 200;
    };
    const log = createLogger({
      sources: false,
      exitHooks: false,
      destinations: [
        http({
          url: server.url,
          retry: { minDelayMs: 1, maxDelayMs: 5 },
          breaker: { cooldownMs: 5 },
          batch: { maxRecords: 20, maxDelayMs: 1 },
        }),
      ],
    });
    log.on('failure', () => {});
    for (let count = 0; count < 200; count++) log.info('tick', { count });
    await waitFor('all to be delivered', () => log.health()[0]?.delivered === 200, 20_000);
    await log.close();
    expect(ids.size).toBe(200);
  });

  it.each([
    [{ url: 'ftp://x' }, `destinations[0].url: 'ftp://' is not one of http://, https://`],
    [{ url: 'htps://x' }, `destinations[0].url: 'htps://' is not one of http://, https:// (did you mean 'https://'?)`],
    [{ url: 'nonsense' }, 'destinations[0].url: is not a URL (such as https://host:443)'],
    [{ url: 'http://127.0.0.1', tls: {} }, 'destinations[0].tls: has no meaning with http://; use https://'],
    [{ tls: { ca: '/nowhere/ca.pem' } }, `destinations[0].tls.ca: '/nowhere/ca.pem' cannot be read (ENOENT)`],
    [{ proxy: 'socks5://p' }, `destinations[0].proxy: 'socks5://' is not one of https://, http://`],
    [{ auth: {} }, 'destinations[0].auth: is not exactly one of basic, bearer, header, token'],
    [{ body: 'template' as const }, `destinations[0].template: is missing beside body: 'template'`],
  ])('is refused before start when it makes no sense: %j', (wrong, message) => {
    const make = (): unknown =>
      createLogger({ sources: false, destinations: [http({ url: 'https://127.0.0.1', ...wrong })] });
    expect(make).toThrow(expect.objectContaining({ name: 'ConfigError', message }));
  });
});

describe('what belongs to http alone', () => {
  it.each([
    [{ headers: { 'a b': 'x' } }, 'destinations[0].headers'],
    [{ headers: { 'x-a': 'x\r\ny: z' } }, 'destinations[0].headers.x-a'],
    [{ auth: { header: { name: 'x', value: 'ключ' } } }, 'destinations[0].auth'],
  ])('is refused at start when it cannot be sent: %j', (options, where) => {
    const destinations = [http({ url: 'http://127.0.0.1:1', ...options })];
    expect(() => createLogger({ sources: false, exitHooks: false, destinations })).toThrow(where);
  });

  it.each<[string, Partial<HttpOptions> & { query?: string }]>([
    ['a header', { headers: { 'X-Api-Key': 'S3CRET' } }],
    ['Authorization', { headers: { Authorization: 'Bearer S3CRET' } }],
    ['a parameter', { query: '?access_token=S3CRET' }],
  ])('is not repeated in an error when a server repeats %s', async (_, { query = '', ...options }) => {
    server.answer = ({ headers, url }, response) =>
      void response.writeHead(400).end(`no: ${headers.authorization} ${String(headers['x-api-key'])} ${url}`);
    const result = (await write({ url: `${server.url}/in${query}`, ...options })) as { error: Error };
    expect(result.error.message).toContain('***');
    expect(result.error.message).not.toContain('S3CRET');
  });
});
