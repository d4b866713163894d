import { createLogger, type TransportPlugin, type WriteResult } from '@metaexpert/logger-core';
import { testEntry } from '@metaexpert/logger-core/testing';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { readLokiPush, readOtlp, writeOtlpAnswer } from '../../test-fixtures/proto-readers';
import { WebServer } from '../../test-fixtures/web-server';
import { loki, lokiPlugin } from './loki';
import { otlp, otlpPlugin } from './otlp';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

const entries = (count: number): ReturnType<typeof testEntry>[] =>
  Array.from({ length: count }, (_, index) =>
    testEntry({
      id: `T-${index}`,
      message: `ордер ${index} 🚀`,
      host: 'h1',
      level: index === 0 ? 'error' : 'info',
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      fields: { price: 1.5, n: -7, big: 2 ** 53 - 1, ok: false, none: null, quote: '"\n\ud800', deep: { a: [1, 'x'] } },
    }),
  );

describe('protobuf', () => {
  let server: WebServer;
  beforeEach(async () => {
    server = await WebServer.start();
  });
  afterEach(() => server.close());

  async function write(plugin: TransportPlugin, options: object = {}, count = 3): Promise<WriteResult> {
    const { transport } = makeTransport(plugin, { url: server.url, encoding: 'protobuf', ...options });
    const result = await transport.write(entries(count), never());
    await transport.close?.(never());
    return result;
  }

  describe('of otlp', () => {
    it('says by the official definitions what the JSON says', async () => {
      await write(otlpPlugin, { compression: 'gzip' });
      await write(otlpPlugin, { encoding: 'json' });
      const [protobuf, json] = server.seen;
      expect(protobuf!.headers).toMatchObject({
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
      });
      // JSON of OTLP has hex where that of protobuf has base64.
      const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
      const text = json!.body.replaceAll(TRACE_ID, base64(TRACE_ID)).replaceAll(SPAN_ID, base64(SPAN_ID));
      const wanted: unknown = JSON.parse(text);
      expect(readOtlp(protobuf!.bytes)).toEqual(wanted);
      expect(protobuf!.bytes.length).toBeLessThan(json!.body.length * 0.7);
    });

    it('has its partial success understood', async () => {
      const answer = { partialSuccess: { rejectedLogRecords: 200, errorMessage: 'too old for token S3CRET' } };
      server.answer = (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/x-protobuf' }).end(writeOtlpAnswer(answer));
        return undefined;
      };
      const result = await write(otlpPlugin, { auth: { bearer: 'S3CRET' } }, 300);
      expect(result).toMatchObject({
        status: 'partial',
        retry: [],
        error: { message: expect.stringMatching(/refused 200 of 300.*too old for token \*\*\*$/) },
      });
      server.answer = (_, response) => void response.writeHead(200).end(writeOtlpAnswer({}));
      expect(await write(otlpPlugin)).toEqual({ status: 'delivered' });
      server.answer = (_, response) => void response.writeHead(200).end('<html>');
      expect(await write(otlpPlugin)).toEqual({ status: 'delivered' });
      server.answer = (_, response) =>
        void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      expect(await write(otlpPlugin, {}, 300)).toMatchObject({ status: 'partial' });
    });
  });

  describe('of loki', () => {
    it('says by its definitions what the JSON says, in snappy', async () => {
      const options = { labels: { site: 'a"b\\c\n\ud800' }, metadataKeys: ['id', 'n'] };
      await write(lokiPlugin, options);
      expect(server.seen[0]!.headers).toMatchObject({ 'content-type': 'application/x-protobuf' });
      expect(server.seen[0]!.headers).not.toHaveProperty('content-encoding');
      const entry = (index: number): object => ({
        timestamp: { seconds: '1795248000', nanos: 123_000_000 },
        line: entries(3)[index]!.payload,
        structuredMetadata: [
          { name: 'id', value: `T-${index}` },
          { name: 'n', value: '-7' },
        ],
      });
      const labels = (level: string): string => `{site="a\\"b\\\\c\\n\ufffd", logger="test", level="${level}"}`;
      expect(readLokiPush(server.seen[0]!.bytes)).toEqual({
        streams: [
          { labels: labels('error'), entries: [entry(0)] },
          { labels: labels('info'), entries: [entry(1), entry(2)] },
        ],
      });
    });

    it('is not compressed twice, and labels have names that Loki takes', () => {
      const start = (destination: ReturnType<typeof loki>) => (): unknown =>
        createLogger({ sources: false, destinations: [destination] });
      const url = 'http://127.0.0.1:1';
      expect(start(loki({ url, encoding: 'protobuf', compression: 'gzip' }))).toThrow('destinations[0].compression');
      expect(start(loki({ url, labels: { 'my-site': 'x' } }))).toThrow('destinations[0].labels');
      expect(start(otlp({ url, encoding: 'xml' as 'json' }))).toThrow('destinations[0].encoding');
    });
  });
});
