import * as fc from 'fast-check';
import { encodeRecord, type Fields } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import { buildRules } from './build-rules';
import { type Detector } from './detector';
import { DETECTORS } from './detectors';
import { JsonRedactor } from './json-redactor';
import { KeyMatcher } from './key-matcher';
import { LineShapes } from './line-shapes';
import { plainText } from './plain-text';
import { ProtectedValues } from './protected-values';
import { type DetectorName, type RedactionOptions } from './redact-options';
import { RedactionCounts } from './redaction-report';
import { TextRedactor } from './text-redactor';

const WORDS = [
  'order',
  'BTC-USDT',
  'x_1',
  'a'.repeat(12),
  'b'.repeat(15),
  'c'.repeat(16),
  '0.015',
  '-1.5',
  '17',
  'ünï',
  '😀',
  'zoo',
  'DE89',
  '6f1c0a2e-93b4-4d0e-8f7a-5b2c1d0e9f8a',
  '5' + 'abcdef1234'.repeat(5),
  'hooks.slack.com/services/',
  'abcdefghijabcdef',
];
const SECRETS = ['4111 1111 1111 1111', '4111-1111-1111-1111', '4222222222222', '4012888888881881', 'DE89370400440532013000', 'MT84MALT0110 Q00012345 MTLCAST001S', 'NO93 8601 1117 947', 'a@b.org', '+49 30 1234567', 'Bearer abcdefgh1', 'basic bWU6cGFzcw', 'x-bearer 12345678', '-----BEGIN PRIVATE KEY-----', 'AKIAIOSFODNN7EXAMPLE', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', 'legal winner thank year wave sausage worth useful legal winner thank yellow', 'signature=1', 'apiKey: x', 'https://u:pw@x.y', '%61piKey%3Dabc', 'a\\"b', '{"password":"x"}', '["4012888888881881"]', 'secret-value-1', '***', '***7f3a']; // prettier-ignore
const text = fc
  .array(
    fc.tuple(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, fc.constantFrom(...SECRETS)), fc.constantFrom(' ', ', ', '.', '/', '-', '', '?')),
    { maxLength: 5 },
  )
  .map((parts) => parts.flat().join('')); // prettier-ignore
const leaf = fc.oneof(
  { weight: 5, arbitrary: text },
  fc.integer(),
  fc.constantFrom(4012888888881881, 0.1, 1e21, true, null),
);
const keys = ['a', 'b', 'symbol', 'password', 'account', 'level', 'a@b.org', 'x_api-key'];

/** Records of few forms, so that forms come again with other values in them. */
const fields = fc
  .record({ a: leaf, account: fc.record({ id: leaf, password: leaf, list: fc.array(leaf, { maxLength: 3 }) }), rest: fc.dictionary(fc.constantFrom(...keys), leaf, { maxKeys: 2 }) })
  .map(({ rest, ...known }): Fields => ({ ...known, ...rest })); // prettier-ignore

function both(options: RedactionOptions): { fast: (line: string) => string; slow: (line: string) => string } {
  const rules = buildRules(options);
  const values = new ProtectedValues();
  for (const value of options.protect ?? []) values.add(value);
  const detector = values.detector;
  const own = detector === undefined ? [] : [{ name: 'protected', action: 'mask' as const, detector }];
  const matcher = new KeyMatcher(rules.keys, (key) => texts.redact(key));
  const texts: TextRedactor = new TextRedactor({
    rules: [...own, ...rules.values],
    assignments: true,
    root: () => matcher.root,
    pseudonymize: undefined,
    counts: new RedactionCounts(),
  });
  const shapes = new LineShapes(matcher.root, texts);
  return { fast: (line) => shapes.redact(line), slow: (line) => JsonRedactor.record(line, matcher.root, texts) };
}

describe('lines of known forms', () => {
  it.each<[string, RedactionOptions]>([
    ['paths', { paths: ['a', 'account.password', 'account.list[1]'] }],
    ['exchanges', { presets: ['exchanges'] }],
    ['everything', { presets: ['exchanges', 'pci', 'gdpr'], values: ['phone', 'bitcoin-address'] }],
    ['protected values', { presets: ['exchanges'], protect: ['secret-value-1'] }],
    ['patterns', { patterns: [{ name: 'order', pattern: 'or+der' }], keys: [{ key: 'password', action: 'remove' }] }],
    ['actions', { keys: [{ key: 'password', action: 'hash' }, { key: 'id', action: { keepLast: 2 } }, { key: 'message', action: 'mask' }] }], // prettier-ignore
  ])('come out as if they were read: %s', (_name, options) => {
    const { fast, slow } = both(options);
    fc.assert(
      fc.property(fields, fc.constantFrom('order placed', 'to a@b.org', '{"password":1}'), (given, message) => {
        const line = encodeRecord(testRecord({ fields: given, message }));
        expect(fast(line)).toBe(slow(line));
      }),
      { numRuns: 1000 },
    );
  });

  it('are not read when nothing needs a look, and read when something does', () => {
    const { fast } = both({ presets: ['exchanges'] });
    const read = jest.spyOn(JsonRedactor, 'record');
    const make = (note: string, password: string): string =>
      encodeRecord(testRecord({ fields: { note, n: 1.5, list: [1, 'x'], account: { password } } }));
    fast(make('first of its form', 'p1'));
    read.mockClear();
    for (let n = 0; n < 5; n++) expect(fast(make(`order ${n} placed`, `p${n}`))).toContain('"password":"***"');
    expect(read).not.toHaveBeenCalled();
    expect(fast(make('x', 'p"1'))).toContain('"password":"***"');
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
  });
});

describe('lines with the texts of the line from which their form was learned', () => {
  const { fast, slow } = both({ presets: ['exchanges'] });
  const texts = Array.from({ length: 24 }, (_, index) => [`key${index}`, `text ${index}`]);
  const make = (fields: Fields): string => encodeRecord(testRecord({ fields }));

  it('are given up in linear time as well', () => {
    const known = Object.fromEntries(texts) as Fields;
    for (const last of ['first', 'Bearer 0123456789', 'x'.repeat(40)]) {
      const line = make({ ...known, last, url: 'a=b' });
      expect(fast(line)).toBe(slow(line));
    }
  });

  it('come out the same whatever stands behind such a text', () => {
    fast(make({ a: 'order', b: 'x' }));
    for (const a of ['order', 'orders', 'order secret=abc', 'order Bearer 0123456789abcdef', 'ord'])
      expect(fast(make({ a, b: 'x' }))).toBe(slow(make({ a, b: 'x' })));
  });
});

describe('plain text', () => {
  it('holds nothing that any detector finds', () => {
    const all = [...DETECTORS.values()];
    // Each detector by itself as well: what keeps one out of plain text must not be the limit of another.
    for (const detectors of [all, ...all.map((one) => [one])]) {
      const plain = new RegExp(`^${plainText(detectors.map((one) => one.plain))}$`);
      const hide = both({ values: detectors.map(({ name }) => name as DetectorName), presets: [] }).slow;
      fc.assert(
        fc.property(text, (given) => {
          const json = JSON.stringify(given).slice(1, -1);
          if (!plain.test(json)) return;
          const line = encodeRecord(testRecord({ fields: { given } }));
          expect(hide(line)).toBe(line);
        }),
        { numRuns: 600 },
      );
    }
  });

  it('may have long runs of hexadecimal digits where no detector minds them, and no others', () => {
    const exchanges = ['jwt', 'cloud-key', 'webhook', 'wallet-key'];
    const plainOf = (names: readonly string[]): RegExp =>
      new RegExp(`^${plainText(names.map((name) => (DETECTORS.get(name) as Detector).plain))}$`);
    const uuid = '6f1c0a2e-93b4-4d0e-8f7a-5b2c1d0e9f8a';
    for (const text of [uuid, `order ${uuid} sent`, `${uuid}, ${uuid}`, 'a'.repeat(50), 'x'.repeat(15)])
      expect([text, plainOf(exchanges).test(text)]).toEqual([text, true]);
    // A key in WIF has 51 characters and more, and the ends of web hooks and tokens stand behind signs.
    for (const text of ['5'.repeat(51), `${uuid}x`, `T0/${uuid}`, `x.${uuid}`, 'x'.repeat(16)])
      expect([text, plainOf(exchanges).test(text)]).toEqual([text, false]);
    for (const more of ['card', 'iban', 'bitcoin-address'])
      expect(plainOf([...exchanges, more]).test(uuid)).toBe(false);
  });

  it('is given up in linear time, whatever stands before what it must not hold', () => {
    const plain = new RegExp(`^${plainText([...DETECTORS.values()].map((one) => one.plain))}$`);
    const free = new RegExp(`^${plainText([])}$`);
    for (const part of ['a', 'a ', 'a.', '-', 'a-b ', 'ab-cdef0123456789 ', 'bearer', '....']) {
      const long = part.repeat(16_384 / part.length);
      expect(plain.test(`${long}=`)).toBe(false);
      expect(free.test(`${long}=`)).toBe(false);
    }
  });
});
