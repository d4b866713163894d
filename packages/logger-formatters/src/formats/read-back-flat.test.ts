import { waitFor } from '@metaexpert/logger-core/testing';
import createGelfServer from 'graygelf/server';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expectedLeaves, leaves, readLeaves } from '../../test/leaves';
import { exchangeError, type LoggedMessage, logMessages, TITLE } from '../../test/logged-messages';
import { readCef, readCsv, readLogfmt } from '../../test/readers';

type Members = Record<string, unknown>;

let logged: (format: string) => LoggedMessage[];

beforeAll(async () => {
  logged = await logMessages();
});

/** Paths and texts: every leaf of what was logged must be among them, equal. */
function expectFields(message: Members, texts: Members): void {
  const found = readLeaves(message, texts);
  expect(found).toEqual(expectedLeaves(message, found));
}

/** The error under dotted names, or whole, where it holds a name that the format cannot write. */
function expectError(message: Members, texts: Members): void {
  const expected = exchangeError(message);
  if (texts['error'] !== undefined) {
    expect(JSON.parse(texts['error'] as string)).toMatchObject({ ...expected, stack: expect.any(String) });
    return;
  }
  const found = leaves({ error: expected }).map(([path, value]) => {
    const text = texts[path];
    return [path, typeof value === 'string' || typeof text !== 'string' ? text : JSON.parse(text)] as [string, unknown];
  });
  expect(found).toEqual(leaves({ error: expected }));
  expect(String(texts['error.stack'])).toContain('order rejected');
}

describe('every message of the exchange, as fields and as an error, is read back equal', () => {
  it('from logfmt, by the parser of that name', () => {
    for (const { message, line, errorLine } of logged('logfmt')) {
      expect(readLogfmt(line)).toMatchObject({ level: 'info', message: TITLE, logger: 'ema-bot', category: 'general' });
      expectFields(message, readLogfmt(line));
      expectError(message, readLogfmt(errorLine));
    }
  });

  it('from CEF, by nsyslog-parser', () => {
    for (const { message, line, errorLine } of logged('cef')) {
      const { header, fields } = readCef(line);
      expect(header).toMatchObject({
        deviceVendor: 'MetaExpert',
        deviceProduct: 'ema-bot',
        name: TITLE,
        severity: '3',
      });
      expectFields(message, fields);
      expect(readCef(errorLine).header).toMatchObject({ deviceEventClassID: 'error', severity: '8' });
      expectError(message, readCef(errorLine).fields);
    }
  });

  it('from CSV, by csv-parse', () => {
    for (const { message, line, errorLine } of logged('csv')) {
      const { fields, ...columns } = readCsv(line);
      expect(columns).toMatchObject({ message: TITLE, level: 'info', logger: 'ema-bot' });
      const rest = fields === '' ? {} : (JSON.parse(fields!) as Members);
      for (const [key, value] of Object.entries(message)) {
        const text = columns[key === 'qty' ? 'quantity' : key]!;
        const found = (): unknown => (typeof value === 'string' ? text : JSON.parse(text));
        expect(Object.hasOwn(rest, key) ? rest[key] : found()).toEqual(value);
      }
      expect(JSON.parse(readCsv(errorLine)['error']!)).toMatchObject(exchangeError(message));
    }
  });

  it.each(['trade', 'performance'])('from %s, by JSON.parse', (format) => {
    for (const { message, line, errorLine } of logged(format)) {
      const { quantity, ...members } = JSON.parse(line) as Members;
      // `qty` is one of the names of the quantity.
      expectFields(message, { ...members, quantity, ...(format === 'trade' && 'qty' in message && { qty: quantity }) });
      expectError(message, JSON.parse(errorLine) as Members);
    }
  });

  it('from GELF, by the server of graygelf, over UDP', async () => {
    const received = new Map<unknown, Members>();
    const port = await freePort();
    const server = createGelfServer().listen(port, '127.0.0.1');
    server.on('message', (message) => received.set(message['_recordId'], message));
    const socket = createSocket('udp4');
    const send = async (payload: string): Promise<Members> => {
      const { _recordId: id } = JSON.parse(payload) as Members;
      await waitFor(
        'the datagram',
        () => {
          // UDP may lose one, and the server may not be listening yet.
          if (!received.has(id)) socket.send(payload, port, '127.0.0.1');
          return received.has(id);
        },
        20_000,
      );
      return received.get(id)!;
    };
    try {
      for (const { message, line, errorLine } of logged('gelf')) {
        for (const [payload, check] of [
          [line, expectFields],
          [errorLine, expectError],
        ] as const) {
          // prettier-ignore
          const got = await send(payload);
          expect(got).toMatchObject({ version: '1.1', short_message: TITLE, host: expect.stringMatching(/./) });
          for (const [key, value] of Object.entries(got)) {
            expect(key).toMatch(/^(?:version|host|short_message|full_message|timestamp|level|_(?!id$)[\w.-]+)$/);
            expect(['string', 'number']).toContain(typeof value);
          }
          check(message, Object.fromEntries(Object.entries(got).map(([key, value]) => [key.replace(/^_/, ''), value])));
        }
      }
    } finally {
      socket.close();
      server.unref();
      server.close();
    }
  });
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
