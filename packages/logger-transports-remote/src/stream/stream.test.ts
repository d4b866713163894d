import { createLogger, type Transport } from '@metaexpert/logger-core';
import { describeTransport, testEntry, waitFor } from '@metaexpert/logger-core/testing';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { Authority, hasOpenssl } from '../../test-fixtures/certificates';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { quiet } from '../../test-fixtures/quiet';
import { StreamServer } from '../../test-fixtures/stream-server';
import { syslog } from '../syslog/syslog';
import { tcp, tcpPlugin, udp, udpPlugin } from './raw';
import { ResendWindow } from './resend-window';

const entries = (count: number, from = 0): ReturnType<typeof testEntry>[] =>
  Array.from({ length: count }, (_, index) =>
    testEntry({ id: `T-${from + index}`, message: `record ${from + index}` }),
  );

const linesOf = (text: string): string[] =>
  text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n').slice(0, -1);

describe('tcp as a transport', () => {
  let server: StreamServer;
  describeTransport({
    create: async () => {
      server = await StreamServer.start();
      return makeTransport(tcpPlugin, { url: `tcp://127.0.0.1:${server.port}` }).transport;
    },
    received: async () => {
      await quiet(() => server.text.length);
      return linesOf(server.text);
    },
    cleanup: () => server.close(),
  });
});

(hasOpenssl ? describe : describe.skip)('tcp over TLS as a transport', () => {
  const authority = hasOpenssl ? new Authority() : undefined;
  afterAll(() => authority?.remove());
  let server: StreamServer;
  describeTransport({
    create: async () => {
      server = await StreamServer.start(authority!.issue('server'));
      const tls = { ca: authority!.caPath };
      return makeTransport(tcpPlugin, { url: `tls://localhost:${server.port}`, tls }).transport;
    },
    received: async () => {
      await quiet(() => server.text.length);
      return linesOf(server.text);
    },
    cleanup: () => server.close(),
  });

  it('is not delivered to a server that turns the client away after the handshake', async () => {
    const strict = { ...authority!.issue('strict'), ca: authority!.ca, requestCert: true, rejectUnauthorized: true };
    const own = await StreamServer.start(strict);
    const tls = { ca: authority!.caPath };
    const { transport } = makeTransport(tcpPlugin, { url: `tls://localhost:${own.port}`, tls });
    expect(await transport.write(entries(3), never())).toMatchObject({ status: 'retry' });
    await transport.close?.(never());
    await own.close();
  });
});

describe('udp as a transport', () => {
  let socket: UdpSocket;
  let received: string[];
  describeTransport({
    create: async () => {
      received = [];
      socket = createSocket({ type: 'udp4', recvBufferSize: 4_194_304 }).on(
        'message',
        (bytes) => void received.push(bytes.toString()),
      );
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      return makeTransport(udpPlugin, { url: `udp://127.0.0.1:${socket.address().port}` }).transport;
    },
    received: async () => {
      await quiet(() => received.length);
      return received;
    },
    cleanup: () => void socket.close(),
  });

  it('says that a record is too large for a datagram, and sends the others', async () => {
    const target = createSocket('udp4').bind(0, '127.0.0.1');
    const got: string[] = [];
    target.on('message', (bytes) => void got.push(bytes.toString()));
    await once(target, 'listening');
    const { transport } = makeTransport(udpPlugin, { url: `udp://127.0.0.1:${target.address().port}` });
    const batch = [...entries(2), testEntry({ message: 'x'.repeat(70_000) }), ...entries(2, 2)];
    const result = await transport.write(batch, never());
    expect(result).toMatchObject({
      status: 'partial',
      rejected: [2],
      retry: [],
      error: { code: 'MXL_REMOTE_TOO_LARGE' },
    });
    await waitFor('the others', () => got.length === 4);
    await transport.close?.(never());
    target.close();
  });
});

it.each([
  [udp({ url: 'udp://127.0.0.1', proxy: 'http://p:1' }), 'has no meaning with udp://'],
  [
    syslog({ url: 'syslog+udp://127.0.0.1', proxy: 'http://p:1' }),
    'has no meaning with syslog+udp://; use syslog+tcp:// or syslog+tls://',
  ],
])('a proxy for datagrams, which would go past it, is not let: %#', (destination, message) => {
  const make = (): unknown => createLogger({ sources: false, exitHooks: false, destinations: [destination] });
  const text = `destinations[0].proxy: ${message}`;
  expect(make).toThrow(expect.objectContaining({ name: 'ConfigError', message: text }));
});

describe('a stream that breaks', () => {
  let server: StreamServer;
  let transport: Transport | undefined;
  beforeEach(async () => {
    server = await StreamServer.start();
  });
  afterEach(async () => {
    await transport?.close?.(AbortSignal.timeout(1000));
    await server.close();
  });
  const open = (): Transport =>
    (transport = makeTransport(tcpPlugin, { url: `tcp://127.0.0.1:${server.port}` }).transport);
  const idsIn = (text: string): string[] => [...text.matchAll(/"id":"(T-\d+)"\}/g)].map(([, id]) => id!);

  it('sends again what was written into a connection that was then reset, also when nothing follows', async () => {
    const stream = open();
    let resets = 0;
    server.connected = (socket, index) => {
      if (index > 0) return;
      socket.removeAllListeners('data'); // nobody reads: what is written stays in the kernel
      socket.pause();
      setTimeout(() => {
        socket.resetAndDestroy();
        resets += 1;
      }, 200);
    };
    expect(await stream.write(entries(50), never())).toEqual({ status: 'delivered' });
    await waitFor('the reset', () => resets === 1, 10_000);
    await waitFor('all of them on a new connection', () => new Set(idsIn(server.text)).size === 50, 10_000);
  });

  it('sends nothing twice when the server has ended the connection in good order and long after', () => {
    const window = new ResendWindow({ maxBytes: 100, maxAgeMs: 60_000 });
    window.add(Buffer.from('a'), 0);
    window.add(Buffer.from('b'), 5000);
    window.confirm(4500);
    expect(window.lost(5100).map(String)).toEqual(['b']);
    expect(window.lost(65_001)).toEqual([]);
  });

  it('keeps no more than it may, but always the newest', () => {
    const window = new ResendWindow({ maxBytes: 10, maxAgeMs: 60_000 });
    for (const size of [6, 6, 4, 30]) window.add(Buffer.alloc(size), 0);
    expect(window.lost(1).map(({ length }) => length)).toEqual([30]);
    window.add(Buffer.alloc(6), 2);
    window.add(Buffer.alloc(4), 2);
    expect(window.lost(3).map(({ length }) => length)).toEqual([6, 4]);
  });

  it('is a retry when the server does not read, and ends when the signal aborts', async () => {
    server.connected = (socket) => void socket.removeAllListeners('data').pause();
    const stream = open();
    const controller = new AbortController();
    const giant = [{ ...testEntry(), payload: 'x'.repeat(64_000_000) }];
    const result = stream.write(giant, controller.signal);
    await waitFor('the connection', () => server.sockets.length === 1);
    setTimeout(() => controller.abort(), 100);
    expect(await result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_CONNECT' } });
  });

  it('delivers every record of a logger through restarts of the server, in one connection at a time', async () => {
    const { port } = server;
    const log = createLogger({
      sources: false,
      exitHooks: false,
      destinations: [
        tcp({
          url: `tcp://127.0.0.1:${port}`,
          batch: { maxRecords: 10, maxDelayMs: 1 },
          retry: { minDelayMs: 5, maxDelayMs: 20 },
          breaker: { cooldownMs: 10 },
        }),
      ],
    });
    log.on('failure', () => {});
    const seen = new Set<number>();
    const take = (): void => {
      for (const [, seq] of server.text.matchAll(/"seq":(\d+),"id":"[^"]+"\}\n/g)) seen.add(Number(seq));
    };
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 50; count++) log.info('tick', { round, count });
      await waitFor('some to arrive', () => server.text.length > 0, 10_000);
      take();
      for (const socket of server.sockets) socket.resetAndDestroy();
      await server.close();
      take();
      server = await StreamServer.start(undefined, port);
    }
    await waitFor('all to be delivered', () => log.health()[0]?.delivered === 200, 20_000);
    await waitFor('all to arrive', () => (take(), seen.size === 200), 20_000);
    await log.close();
  });
});
