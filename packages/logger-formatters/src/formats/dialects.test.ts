import { LEVELS } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import { readCef, readOtlp, readXml } from '../../test/readers';
import { cef, createCef } from './cef';
import { createEcs, ecs } from './ecs';
import { createGelf, gelf } from './gelf';
import { logfmt } from './logfmt';
import { createOtlp, otlp } from './otlp';
import { createRfc3164 } from './rfc3164';
import { createSplunk, splunk } from './splunk';
import { xml } from './xml';

const perLevel = (format: (record: ReturnType<typeof testRecord>) => string, key: string): unknown[] =>
  LEVELS.map((level) => JSON.parse(format(testRecord({ level })))[key]);

describe('GELF', () => {
  it('has the syslog severity, seconds with a fraction, and the stack as full message', () => {
    expect(perLevel(gelf, 'level')).toEqual([2, 3, 4, 5, 6, 7]);
    const error = { name: 'E', message: 'x', stack: 'E: x\n    at a.js:1' };
    expect(JSON.parse(gelf(testRecord({ error, time: 1_500.25 })))).toMatchObject({
      timestamp: 1.5,
      full_message: error.stack,
    });
  });

  it('has a host and a short message whatever the record lacks, and no field called _id', () => {
    const { host, short_message, ...rest } = JSON.parse(
      gelf(testRecord({ message: '', fields: { id: 7, _id: 8, ü: 9 } })),
    );
    expect([typeof host, short_message]).toEqual(['string', '-']);
    expect(rest).toMatchObject({ '_fields.id': 7, __id: 8, _fields: '{"ü":9}', _recordId: 'TEST-1' });
    expect(rest).not.toHaveProperty('_id');
    expect(JSON.parse(createGelf({ host: 'bot-1' })(testRecord({ host: 'h' })))).toMatchObject({ host: 'bot-1' });
  });
});

describe('CEF', () => {
  it('escapes | and \\ in the header, = \\ and line ends in the extension', () => {
    const line = cef(testRecord({ message: 'a|b\\c=d\ne', fields: { k: 'a|b\\c=d\ne\rf', esc: '\u001b[31m' } }));
    expect(line).toContain('|a\\|b\\\\c=d\\\\ne|');
    expect(line).toContain(' k=a|b\\\\c\\=d\\ne\\rf ');
    expect(line).toContain(' esc=\\\\u001b[31m');
    expect(readCef(line).fields).toMatchObject({ k: 'a|b\\c=d\ne\rf', cat: 'general' });
  });

  it('has its maker, and a severity from 0 to 10', () => {
    const make = createCef({ vendor: 'Acme|Co', product: 'bot', version: '2' });
    expect(make(testRecord({ level: 'critical' }))).toMatch(
      /^CEF:0\|Acme\\\|Co\|bot\|2\|general\|order placed\|10\|rt=\d+/,
    );
    expect(LEVELS.map((level) => readCef(cef(testRecord({ level }))).header['severity'])).toEqual([
      '10',
      '8',
      '6',
      '4',
      '3',
      '1',
    ]);
  });
});

describe('ECS', () => {
  it('has a place, a duration in nanoseconds, and simulated time as a label', () => {
    const record = testRecord({
      source: 'src/bot.ts:42 run',
      fields: { durationMs: 1.5 },
      simulatedTime: '2026-01-02T00:00:00.000Z',
    });
    expect(JSON.parse(ecs(record))).toMatchObject({
      log: { origin: { file: { name: 'src/bot.ts', line: 42 }, function: 'run' } },
      event: { duration: 1_500_000, id: 'TEST-1', sequence: 1 },
      labels: { simulated_time: '2026-01-02T00:00:00.000Z' },
    });
  });

  it('keeps the fields out of its own names, in a namespace that is none of them', () => {
    const record = testRecord({
      fields: { host: 'mine', error: 'text' },
      error: { name: 'E', message: 'm', cause: 'c' },
    });
    const document = JSON.parse(createEcs({ namespace: 'acme', serviceName: 'bot', version: '8.11.0' })(record));
    expect(document).toMatchObject({ 'ecs.version': '8.11.0', service: { name: 'bot' } });
    expect(document.acme).toEqual({ host: 'mine', 'fields.error': 'text', error: { cause: 'c' } });
    expect(() => createEcs({ namespace: 'event' })).toThrow("namespace: 'event' is a name of ECS itself");
  });
});

describe('OTLP', () => {
  it('has a severity number, the time in nanoseconds, and ids only where they are ids', () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const { record } = readOtlp(otlp(testRecord({ level: 'critical', traceId, spanId: 'b7ad6b7169203331' })));
    expect(record).toMatchObject({ severityNumber: 21, severityText: 'CRITICAL', timeUnixNano: '1795248000123000000' });
    expect(Buffer.from(record['traceId'] as Uint8Array).toString('hex')).toBe(traceId);
    const { attributes, record: other } = readOtlp(otlp(testRecord({ traceId: 'mine', spanId: '0'.repeat(16) })));
    expect(attributes).toMatchObject({ traceId: 'mine', spanId: '0'.repeat(16) });
    expect(other).not.toHaveProperty('traceId');
    expect(LEVELS.map((level) => readOtlp(otlp(testRecord({ level }))).record['severityNumber'])).toEqual([
      21, 17, 13, 10, 9, 5,
    ]);
  });

  it('tells whole numbers, fractions, null, lists and objects apart', () => {
    const fields = { whole: 7, big: 2 ** 60, fraction: 0.5, none: null, list: [1, 'a', [true]], nested: { a: {} } };
    expect(readOtlp(otlp(testRecord({ fields }))).attributes).toMatchObject(fields);
    expect(otlp(testRecord({ fields }))).toContain('{"key":"whole","value":{"intValue":"7"}}');
  });

  it('is the LogRecord alone when asked', () => {
    expect(JSON.parse(createOtlp({ envelope: false })(testRecord()))).toMatchObject({
      body: { stringValue: 'order placed' },
    });
    expect(
      JSON.parse(createOtlp({ serviceName: 's' })(testRecord({ pid: 7 }))).resourceLogs[0].resource.attributes,
    ).toEqual([
      { key: 'service.name', value: { stringValue: 's' } },
      { key: 'process.pid', value: { intValue: '7' } },
    ]);
  });
});

describe('Splunk', () => {
  it('indexes flat fields, the own ones before those of the same name', () => {
    const format = createSplunk({
      indexed: ['level', 'symbol', 'account', 'missing'],
      index: 'trades',
      source: 's',
      host: 'h',
    });
    const { event, ...rest } = JSON.parse(
      format(testRecord({ fields: { level: 9, symbol: 'X', account: { id: 1 } } })),
    );
    expect(rest).toEqual({
      ...{ time: 1795248000.123, host: 'h', source: 's', sourcetype: '_json', index: 'trades' },
      fields: { level: 'info', symbol: 'X', account: '{"id":1}' },
    });
    expect(event).toMatchObject({ level: 'info', 'fields.level': 9, account: { id: 1 } });
    expect(splunk(testRecord())).not.toContain('undefined');
  });
});

describe('XML', () => {
  it('gives line ends and markup back, and shows what XML 1.0 cannot hold', () => {
    const fields = { 'a <b> "c"': 'x\n\t\r&<>\'"', bell: '\u0007\u001b[0m\ufffe\ud800' };
    const read = readXml(xml(testRecord({ fields, message: 'a\r\nb' })));
    expect(read.message).toBe('a\r\nb');
    expect(read.fields).toEqual({ ...fields, bell: '\\u0007\\u001b[0m\\ufffe\\ud800' });
  });
});

describe('logfmt', () => {
  it('quotes what a reader would split, and leaves the rest bare', () => {
    const fields = {
      bare: '64123.50',
      blank: 'a b',
      none: '',
      quote: 'a"b',
      back: 'a\\b',
      eq: 'a=b',
      end: 'a\nb',
      'k k': 1,
    };
    expect(logfmt(testRecord({ fields }))).toContain(
      ' bare=64123.50 blank="a b" none="" quote="a\\"b" back="a\\\\b" eq="a=b" end="a\\nb" fields="{\\"k k\\":1}" ',
    );
  });
});

describe('RFC 3164', () => {
  it('has no year, a day of two places, and the time of its zone', () => {
    const format = createRfc3164({ zone: 'Asia/Tokyo', facility: 'local0', appName: 'bot[1]: x', procId: '9' });
    const time = Date.UTC(2026, 9, 8, 20, 14, 15);
    expect(format(testRecord({ time, host: 'h1', message: 'a\nb', fields: { k: 'v w' } }))).toBe(
      '<134>Oct  9 05:14:15 h1 bot_1___x[9]: a\\nb k="v w"',
    );
  });
});
