import { type TransportPlugin, type WriteResult } from '@metaexpert/logger-core';
import { describeTransport, testEntry, waitFor } from '@metaexpert/logger-core/testing';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { quiet } from '../../test-fixtures/quiet';
import { StreamServer } from '../../test-fixtures/stream-server';
import { type Answerer, WebServer } from '../../test-fixtures/web-server';
import { clickhousePlugin } from './clickhouse';
import { elasticsearchPlugin } from './elasticsearch';
import { gelfPlugin } from './gelf';
import { lokiPlugin } from './loki';
import { otlpPlugin } from './otlp';
import { splunkPlugin } from './splunk';

const json =
  (body: unknown): Answerer =>
  (_, response) =>
    void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
const rowsOf = (body: string): Record<string, unknown>[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const entries = (count: number): ReturnType<typeof testEntry>[] =>
  Array.from({ length: count }, (_, index) =>
    testEntry({
      id: `T-${index}`,
      message: `order ${index}`,
      host: 'h1',
      fields: { symbol: 'BTC', price: 1.5, n: 7, ok: true, deep: { a: [1] } },
    }),
  );

let server: WebServer;

/** The contract, as far as HTTP goes: payloads are found again in what the store was asked. */
function contract(
  name: string,
  plugin: TransportPlugin,
  payloadsIn: (body: string) => string[],
  answer: Answerer = () => 200,
): void {
  describe(`${name} as a transport`, () => {
    let own: WebServer;
    describeTransport({
      create: async () => {
        own = await WebServer.start();
        own.answer = answer;
        return makeTransport(plugin, { url: own.url }).transport;
      },
      received: () => own.seen.flatMap(({ body }) => payloadsIn(body)),
      cleanup: () => own.close(),
    });
  });
}

contract('loki', lokiPlugin, (body) =>
  JSON.parse(body).streams.flatMap(({ values }: { values: string[][] }) => values.map(([, line]: string[]) => line)),
);
contract('elasticsearch', elasticsearchPlugin, (body) =>
  body.split('\n').filter((line) => line.startsWith('{"@timestamp"')).map((line) => line.replace(/^\{"@timestamp":"[^"]*",/, '{')),
  json({ errors: false, items: [] }),
); // prettier-ignore
contract('splunk', splunkPlugin, (body) => body.split('\n').map((line) => JSON.stringify(JSON.parse(line).event)));
contract('clickhouse', clickhousePlugin, (body) => rowsOf(body).map(({ record }) => String(record)));

describe('a store', () => {
  const open: ReturnType<typeof makeTransport>['transport'][] = [];
  beforeEach(async () => {
    server = await WebServer.start();
  });
  afterEach(async () => {
    for (const transport of open.splice(0)) await transport.close?.(never());
    await server.close();
  });

  function write(plugin: TransportPlugin, options: object = {}, count = 3): Promise<WriteResult> {
    const { transport } = makeTransport(plugin, { url: server.url, ...options });
    open.push(transport);
    return transport.write(entries(count), never());
  }

  describe('loki', () => {
    it('gets streams by label, with ids as structured metadata', async () => {
      await write(lokiPlugin, { labels: { site: 'fra1' }, metadataKeys: ['id', 'symbol'], tenant: 'bots' });
      expect(server.seen[0]).toMatchObject({ url: '/loki/api/v1/push', headers: { 'x-scope-orgid': 'bots' } });
      const { streams } = JSON.parse(server.seen[0]!.body);
      expect(streams).toHaveLength(1);
      expect(streams[0].stream).toEqual({ site: 'fra1', logger: 'test', level: 'info' });
      expect(streams[0].values[1]).toEqual(['1795248000123000000', expect.any(String), { id: 'T-1', symbol: 'BTC' }]);
    });

    it('is not asked again about what is too old for it, nor about a part of that', async () => {
      server.answer = (_, response) => void response.writeHead(400).end('entry too far behind');
      expect(await write(lokiPlugin)).toMatchObject({ status: 'rejected', error: { code: 'MXL_REMOTE_REFUSED' } });
      expect(server.seen).toHaveLength(1);
    });
  });

  describe('elasticsearch', () => {
    const item = (status: number): object => ({ create: { status, error: { type: 't', reason: `r${status}` } } });

    it('creates each record under its id', async () => {
      server.answer = json({ errors: false });
      await write(elasticsearchPlugin, { url: `${server.url}/es/`, index: 'logs-x', pipeline: 'p q' });
      expect(server.seen[0]).toMatchObject({
        url: '/es/_bulk?pipeline=p%20q',
        headers: { 'content-type': 'application/x-ndjson' },
      });
      const rows = rowsOf(server.seen[0]!.body);
      expect(rows[2]).toEqual({ create: { _index: 'logs-x', _id: 'T-1' } });
      expect(rows[3]).toMatchObject({ '@timestamp': '2026-11-21T08:00:00.123Z', message: 'order 1', symbol: 'BTC' });
    });

    it('judges each record by itself: retried are only those with 429', async () => {
      server.answer = json({ errors: true, items: [201, 429, 400, 409, 404, 503].map(item) });
      const result = await write(elasticsearchPlugin, {}, 6);
      expect(result).toMatchObject({
        status: 'partial',
        delivered: [0, 3],
        retry: [1, 5],
        rejected: [2, 4],
        error: { code: 'MXL_REMOTE_REFUSED', message: expect.stringContaining('429 for a record: t r429') },
      });
    });

    it('goes again when the answer cannot be understood', async () => {
      server.answer = (_, response) => void response.writeHead(200).end('<html>');
      expect(await write(elasticsearchPlugin)).toMatchObject({ status: 'retry' });
    });
  });

  describe('splunk', () => {
    it('gets events in their envelope', async () => {
      await write(splunkPlugin, { auth: { bearer: 'T' }, index: 'bots' }, 2);
      expect(server.seen[0]).toMatchObject({
        url: '/services/collector/event',
        headers: { authorization: 'Splunk T' },
      });
      expect(rowsOf(server.seen[0]!.body)[1]).toMatchObject({
        time: 1795248000.123,
        host: 'h1',
        source: 'test',
        sourcetype: '_json',
        index: 'bots',
        fields: { id: 'T-1', level: 'info' },
        event: { message: 'order 1', symbol: 'BTC' },
      });
    });

    it('has delivered when the indexer says so, and not before', async () => {
      let polls = 0;
      server.answer = (seen, response, socket) => {
        if (seen.url.endsWith('/event')) return json({ text: 'Success', code: 0, ackId: 7 })(seen, response, socket);
        expect(JSON.parse(seen.body)).toEqual({ acks: [7] });
        return json({ acks: { 7: ++polls >= 3 } })(seen, response, socket);
      };
      expect(await write(splunkPlugin, { acknowledge: true })).toEqual({ status: 'delivered' });
      expect(polls).toBe(3);
      const channels = new Set(server.seen.map(({ headers }) => headers['x-splunk-request-channel']));
      expect(channels.size).toBe(1);
    });
  });

  describe('otlp', () => {
    it('gets log records of the data model', async () => {
      await write(otlpPlugin, { resource: { 'service.name': 'ema-bot' } }, 2);
      expect(server.seen[0]).toMatchObject({ url: '/v1/logs', headers: { 'content-type': 'application/json' } });
      const [{ resource, scopeLogs }] = JSON.parse(server.seen[0]!.body).resourceLogs;
      expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'ema-bot' } });
      expect(scopeLogs[0].logRecords).toHaveLength(2);
      const record = scopeLogs[0].logRecords[1];
      expect(record).toMatchObject({
        timeUnixNano: '1795248000123000000',
        severityNumber: 9,
        severityText: 'INFO',
        body: { stringValue: 'order 1' },
      });
      expect(record.attributes).toEqual(
        expect.arrayContaining([
          { key: 'price', value: { doubleValue: 1.5 } },
          { key: 'n', value: { intValue: '7' } },
          { key: 'ok', value: { boolValue: true } },
          {
            key: 'deep',
            value: { kvlistValue: { values: [{ key: 'a', value: { arrayValue: { values: [{ intValue: '1' }] } } }] } },
          },
          { key: 'log.record.uid', value: { stringValue: 'T-1' } },
        ]),
      );
    });

    it('never sends again what was refused in part, and counts it', async () => {
      server.answer = json({ partialSuccess: { rejectedLogRecords: '2', errorMessage: 'too old' } });
      const result = (await write(otlpPlugin, {}, 5)) as WriteResult & { status: 'partial' };
      expect(result).toMatchObject({
        status: 'partial',
        retry: [],
        error: { message: expect.stringContaining('too old') },
      });
      expect([result.delivered.length, result.rejected.length]).toEqual([3, 2]);
    });

    it.each([[429, 'retry'], [502, 'retry'], [503, 'retry'], [504, 'retry'], [500, 'rejected'], [404, 'rejected'], [400, 'rejected']])(
      '%i is %s', async (status, meant) => {
        server.answer = () => status;
        expect(await write(otlpPlugin)).toMatchObject({ status: meant });
      }); // prettier-ignore
  });

  describe('clickhouse', () => {
    it('gets rows with columns, or the payload itself', async () => {
      await write(clickhousePlugin, { table: 'bots', dedupeToken: true }, 2);
      const url = new URL(server.seen[0]!.url, 'http://x');
      expect(url.searchParams.get('query')).toBe('INSERT INTO default.bots FORMAT JSONEachRow');
      expect(url.searchParams.get('insert_deduplication_token')).toHaveLength(43);
      expect(rowsOf(server.seen[0]!.body)[1]).toMatchObject({
        id: 'T-1',
        seq: 1,
        time: 1795248000123,
        date: '2026-11-21',
        level: 'info',
      });
      await write(clickhousePlugin, { rows: 'payload' }, 1);
      expect(rowsOf(server.seen[1]!.body)[0]).toMatchObject({ symbol: 'BTC', price: 1.5 });
    });

    it('knows what is permanent though it wears a 500, and finds the record', async () => {
      server.answer = ({ body }, response) => {
        if (!body.includes('order 2')) return 200;
        return void response.writeHead(500).end('Code: 117, e.displayText() = DB::Exception: Unknown field');
      };
      expect(await write(clickhousePlugin, {}, 5)).toMatchObject({ status: 'partial', rejected: [2], retry: [] });
      server.answer = (_, response) => void response.writeHead(500).end('Code: 241, Memory limit exceeded');
      expect(await write(clickhousePlugin)).toMatchObject({ status: 'retry' });
    });

    it('makes the table that is missing, when that is asked for', async () => {
      let made = false;
      server.answer = ({ body, url }, response) => {
        if (body.startsWith('CREATE TABLE IF NOT EXISTS default.logs ')) return void ((made = true), response.end());
        if (made) return 200;
        expect(url).toContain('INSERT');
        return void response.writeHead(404).end("Code: 60, Table default.logs doesn't exist");
      };
      expect(await write(clickhousePlugin)).toMatchObject({ status: 'retry' });
      expect(await write(clickhousePlugin, { createTable: true })).toEqual({ status: 'delivered' });
    });
  });

  describe('gelf', () => {
    it('gets messages in chunks over UDP, whole at the receiver', async () => {
      const receiver = createSocket('udp4').bind(0, '127.0.0.1');
      const datagrams: Buffer[] = [];
      receiver.on('message', (bytes) => void datagrams.push(bytes));
      await once(receiver, 'listening');
      const { transport } = makeTransport(gelfPlugin, { url: `gelf+udp://127.0.0.1:${receiver.address().port}` });
      expect(await transport.write([testEntry({ message: 'я'.repeat(5000) })], never())).toEqual({
        status: 'delivered',
      });
      await waitFor('all chunks', () => datagrams.length > 0 && datagrams.length === datagrams[0]![11]);
      const whole = Buffer.concat(datagrams.toSorted((a, b) => a[10]! - b[10]!).map((one) => one.subarray(12)));
      expect(JSON.parse(whole.toString())).toMatchObject({ version: '1.1', short_message: 'я'.repeat(5000) });
      expect(datagrams.every((one) => one.length <= 1420 && one.readUInt16BE(0) === 0x1e0f)).toBe(true);
      const giant = await transport.write([testEntry({ message: 'x'.repeat(200_000) })], never());
      expect(giant).toMatchObject({ status: 'rejected', error: { code: 'MXL_REMOTE_TOO_LARGE' } });
      await transport.close?.(never());
      receiver.close();
    });

    it('gets them with a null byte behind each over TCP, one a request over HTTP', async () => {
      const stream = await StreamServer.start();
      const { transport } = makeTransport(gelfPlugin, { url: `gelf+tcp://127.0.0.1:${stream.port}` });
      await transport.write(entries(2), never());
      await quiet(() => stream.text.length);
      const messages = stream.text.split('\0').slice(0, -1).map((text) => JSON.parse(text));
      expect(messages[1]).toMatchObject({ version: '1.1', host: 'h1', short_message: 'order 1', level: 6, timestamp: 1795248000.123, _record_id: 'T-1', _price: 1.5, _deep: '{"a":[1]}' });
      await transport.close?.(never());
      await stream.close();
      expect(await write(gelfPlugin, {}, 3)).toEqual({ status: 'delivered' });
      expect(server.seen.map(({ url, body }) => [url, JSON.parse(body).short_message])).toEqual([['/gelf', 'order 0'], ['/gelf', 'order 1'], ['/gelf', 'order 2']]);
    }); // prettier-ignore
  });
});
