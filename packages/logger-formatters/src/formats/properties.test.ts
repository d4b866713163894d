import { type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import fc from 'fast-check';
import { readCef, readCsv, readLogfmt, readOtlp, readRfc5424, readXml } from '../../test/readers';
import { cef } from './cef';
import { csv } from './csv';
import { ecs } from './ecs';
import { error } from './error';
import { gelf } from './gelf';
import { logfmt } from './logfmt';
import { otlp } from './otlp';
import { performance } from './performance';
import { rfc3164 } from './rfc3164';
import { rfc5424 } from './rfc5424';
import { splunk } from './splunk';
import { text } from './text';
import { trade } from './trade';
import { xml } from './xml';

const RUNS = process.env['CI'] === undefined ? 500 : 10_000;

/** Whatever a program may hold: keys and texts of every character, halves of pairs and controls too. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\n', '\r', '\u001b', '\u0000', '\u007f',
      '\u009b',
      '\u0085', '\u2028', '\u2029', '\ud800', '"', '\\', ']', '=', '|', '<', '&', "'", ',', ' ', 'a') }),
  fc.constantFrom('__proto__', 'toJSON', 'level', 'error', 'fields', 'fields.level', 'error.name', 'constructor', 'symbol', 'order_id', 'a.b', ''),
); // prettier-ignore
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, anyText, fc.double(), fc.bigInt(), fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true }), tie('object')),
  object: fc.dictionary(anyText, tie('value'), { maxKeys: 5 }),
})); // prettier-ignore
const anyError = fc.record(
  { name: anyText, message: anyText, code: fc.oneof(anyText, fc.integer()), stack: anyText, cause: anyValue.value, extra: anyValue.value },
  { requiredKeys: ['name', 'message'] },
); // prettier-ignore
const anyRecord = fc.record(
  {
    level: fc.constantFrom('critical', 'error', 'warning', 'trade', 'info', 'debug'),
    logger: anyText,
    message: anyText,
    fields: anyValue.object,
    error: anyError,
    traceId: fc.oneof(anyText, fc.constant('0af7651916cd43dd8448eb211c80319c')),
    spanId: anyText,
    source: fc.oneof(anyText, fc.constant('bot.ts:42')),
    host: anyText,
    pid: fc.nat(),
    time: fc.oneof(fc.date({ noInvalidDate: true }).map(Number), fc.constantFrom(NaN, 1e300, 0.5)),
    id: anyText,
  },
  { requiredKeys: ['level', 'message', 'fields'] },
);

/** JSON texts that are one line and no terminal's business. */
const json = (line: string): unknown => JSON.parse(line);

/** Per format: what must be able to read it. */
const READERS: [name: string, format: Formatter, read: (line: string, record: LogRecord) => unknown][] = [
  ['logfmt', logfmt, (line, { level }) => expect(readLogfmt(line)).toMatchObject({ level })],
  ['rfc5424', rfc5424, (line) => expect(readRfc5424(line).structuredData).toHaveProperty('timeQuality')],
  ['rfc3164', rfc3164, (line) => expect(line).toMatch(/^<\d+>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S+: /)],
  ['ecs', ecs, json],
  ['gelf', gelf, json],
  [
    'cef',
    cef,
    (line) =>
      expect(readCef(line).header).toMatchObject({ version: 'CEF:0', severity: expect.stringMatching(/^\d+$/) }),
  ],
  ['splunk', splunk, json],
  ['otlp', otlp, readOtlp],
  ['xml', xml, (line, { level }) => expect(readXml(line).attributes).toMatchObject({ level })],
  ['csv', csv, (line, { level }) => expect(readCsv(line)).toMatchObject({ level })],
  ['trade', trade, json],
  ['error', error, json],
  ['performance', performance, json],
];

const CONTROLS = /[\p{Cc}\u2028\u2029]/u;

describe('any record', () => {
  it('gives exactly one line in each format, which its reader takes, and stays as it was', () => {
    fc.assert(
      fc.property(anyRecord, (given) => {
        const record = testRecord(given);
        for (const [name, format, read] of READERS) {
          const line = format(record);
          if (CONTROLS.test(line) || Buffer.from(line).toString() !== line)
            throw new Error(`${name}: ${JSON.stringify(line)}`);
          read(line, record);
          // The same again: nothing was taken out of the record.
          if (format(record) !== line) throw new Error(`${name} is another one the second time`);
        }
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('gives one line in text, and indented ones for its error', () => {
    fc.assert(
      fc.property(anyRecord, (given) => {
        const [first, ...rest] = text(testRecord(given)).split('\n');
        for (const line of [first!, ...rest]) expect(line).not.toMatch(CONTROLS);
        for (const line of rest) expect(line).toMatch(/^ {2}/);
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('of plain values comes back equal from the formats that keep types', () => {
    const printable = fc.string({ unit: 'grapheme' });
    const members = fc.dictionary(
      printable.map((key) => `k${key}`),
      fc.jsonValue({ stringUnit: 'grapheme' }),
      { maxKeys: 5 },
    );
    fc.assert(
      fc.property(members, printable, (given, message) => {
        // JSON has no word for minus zero, and a prototype is no field.
        const fields = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
        const record = testRecord({ fields, message });
        expect(readXml(xml(record))).toMatchObject({ message, fields });
        expect(readOtlp(otlp(record)).attributes).toMatchObject(fields);
        expect(JSON.parse(ecs(record)).metaexpert ?? {}).toEqual(fields);
        expect(JSON.parse(splunk(record)).event).toMatchObject(fields);
        expect(JSON.parse(error(record)).fields ?? {}).toEqual(fields);
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});
