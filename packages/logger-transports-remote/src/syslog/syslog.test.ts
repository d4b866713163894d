import { describeTransport, testEntry } from '@metaexpert/logger-core/testing';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { makeTransport } from '../../test-fixtures/make-transport';
import { quiet } from '../../test-fixtures/quiet';
import { readOctetCounted, StreamServer, withoutHead } from '../../test-fixtures/stream-server';
import { frameMessage } from './frame-message';
import { syslogPlugin } from './syslog';
import { syslogMessage } from './syslog-message';

const OPTIONS = { protocol: 'rfc5424', facility: 'local0', appName: undefined } as const;

describe('a syslog message', () => {
  it('gets the head of RFC 5424', () => {
    const { payload, record } = testEntry({
      level: 'error',
      host: 'h 1',
      pid: 7,
      logger: 'ema bot',
      category: 'trade',
    });
    expect(syslogMessage({ payload, record }, OPTIONS)).toBe(
      `<131>1 2026-11-21T08:00:00.123Z h_1 ema_bot 7 trade - ${payload}`,
    );
  });

  it('gets the head of RFC 3164 for old receivers', () => {
    const entry = testEntry({ level: 'critical', time: new Date(2026, 10, 1, 8, 5, 9).getTime(), host: 'h1', pid: 7 });
    const message = syslogMessage(entry, { ...OPTIONS, protocol: 'rfc3164', appName: 'ema bot' });
    expect(message).toBe(`<130>Nov  1 08:05:09 h1 ema_bot[7]: ${entry.payload}`);
  });

  it('keeps the head that a formatter gave it', () => {
    const payload = '<14>1 2026-11-21T08:00:00Z h app - - - text';
    expect(syslogMessage({ ...testEntry(), payload }, OPTIONS)).toBe(payload);
  });

  it('is found again in a stream, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (messages) => {
        const stream = Buffer.from(messages.map((message) => frameMessage(message, 'octet')).join(''));
        expect(readOctetCounted(stream)).toEqual(messages.map((message) => Buffer.from(message).toString()));
      }),
    );
    expect(frameMessage('a\nb', 'newline')).toBe('a#012b\n');
  });
});

describe('syslog over TCP, octets counted', () => {
  let server: StreamServer;
  describeTransport({
    create: async () => {
      server = await StreamServer.start();
      return makeTransport(syslogPlugin, { url: `syslog+tcp://127.0.0.1:${server.port}` }).transport;
    },
    received: async () => {
      await quiet(() => server.text.length);
      return server.streams.flatMap(readOctetCounted).map(withoutHead);
    },
    cleanup: () => server.close(),
  });
});

describe('syslog over TCP, in lines', () => {
  let server: StreamServer;
  describeTransport({
    create: async () => {
      server = await StreamServer.start();
      const url = `syslog+tcp://127.0.0.1:${server.port}`;
      return makeTransport(syslogPlugin, { url, framing: 'newline' }).transport;
    },
    received: async () => {
      await quiet(() => server.text.length);
      return server.text.trimEnd().split('\n').map(withoutHead);
    },
    cleanup: () => server.close(),
  });
});

describe('syslog over UDP', () => {
  let socket: UdpSocket;
  let received: string[];
  describeTransport({
    create: async () => {
      received = [];
      socket = createSocket({ type: 'udp4', recvBufferSize: 4_194_304 });
      socket.on('message', (bytes) => void received.push(bytes.toString())).bind(0, '127.0.0.1');
      await once(socket, 'listening');
      return makeTransport(syslogPlugin, { url: `syslog+udp://127.0.0.1:${socket.address().port}` }).transport;
    },
    received: async () => {
      await quiet(() => received.length);
      return received.map(withoutHead);
    },
    cleanup: () => void socket.close(),
  });
});
