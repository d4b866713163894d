import * as fc from 'fast-check';
import { encodeRecord, type Fields, type LineBytes, type Processor } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import { JsonRedactor } from './json-redactor';
import { redact } from './redact';
import { type RedactionOptions } from './redact-options';

const INSTANCE = '01a2028356ab833019990f6d';
const UUID = '6f1c0a2e-93b4-4d0e-8f7a-5b2c1d0e9f8a';

/** What a call site logs, its values in the order of their keys: texts that vary, that are the same, and ids. */
function usualFields(n: number): Fields {
  return {
    symbol: ['BTCUSDT', 'ETHUSDT'][n % 2],
    price: String(64_000 + n / 4),
    venue: 'binance',
    id: `${INSTANCE}-${n}`,
    trace: UUID.replace('6f1c', String(1000 + n)),
    latency: n + 0.5,
    maker: n % 3 === 0,
    version: 1,
    account: { note: 'limit order accepted by the engine' },
  };
}

function lineOf(fields: Fields, n = 0, message = 'order placed'): string {
  return encodeRecord({ ...testRecord({ fields, message }), time: n, timestamp: new Date(n).toISOString() });
}

/** A line behind another, as core has it in memory; nothing stands behind it. */
function bytesOf(line: string): LineBytes {
  const slab = Buffer.from(`{"x":1}\n${line}`);
  const start = slab.indexOf('\n') + 1;
  const view = new DataView(slab.buffer, slab.byteOffset, slab.length);
  return { slab, view, start, end: start + Buffer.byteLength(line) };
}

/** Asked as core asks it: with a line's bytes, then with its text. */
function asked({ line = String, keeps = () => false }: Processor): (given: string) => string {
  return (given) => (keeps(bytesOf(given)) ? given : line(given));
}

/** A redaction that has seen so many lines of this form. */
function used(options: RedactionOptions): (line: string) => string {
  const line = asked(redact(options));
  for (let n = 0; n < 20; n++) line(lineOf(usualFields(n), n));
  return line;
}

/** What one that has seen none makes of a line. */
function fresh(options: RedactionOptions, line: string): string {
  return redact(options).line?.(line) ?? '';
}

const ODD = [
  '', ' ', 'x', 'BTCUSDT ', 'binance2', 'bin', '64000\\', 'a"b', '😀', 'é', '13 characters', '14 characters!', 'a'.repeat(15), 'a'.repeat(16),
  'basic abcdef', 'basic abcdefg1', 'Bearer 12345678', 'key=abcdef', 'sign: abc', '["password"]', '{"sign":"x"}', 'a@b.org', 'u:p@x',
  '%61piKey%3Dabc', '&amp;', '4222222222222', '4012888888881881', 'secret', 'xsecretx', '736563726574', 'secre',
  `${INSTANCE}-`, `${INSTANCE}-x`, `${INSTANCE}-AKIAIOSFODNN7EXAMPLE`, `${INSTANCE}-${'a'.repeat(25)}`, `${INSTANCE}-${'a'.repeat(26)}`,
  INSTANCE, UUID, `${UUID} ${UUID}`, `5${'a'.repeat(50)}`, '5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss', 'AKIAIOSFODNN7EXAMPLE',
  1, 15, 1.5, 0, 4012888888881881, true, false, null, [], ['x'], ['4012888888881881'], [1], {}, { password: 'x' },
] as const; // prettier-ignore

const SETS: [string, RedactionOptions][] = [
  ['paths', { paths: ['symbol', 'account.password', 'price[0]'] }],
  ['exchanges', { presets: ['exchanges'] }],
  ['everything', { presets: ['exchanges', 'pci', 'gdpr'], values: ['phone', 'bitcoin-address'] }],
  ['protected values', { presets: ['exchanges'], protect: ['secret'] }],
  ['patterns', { patterns: [{ name: 'note', pattern: 'x' }], keys: [{ key: 'password', action: 'remove' }] }],
];

describe('lines that are not usual for their form', () => {
  it.each(SETS)('come out as if their form were not known: %s', (_name, options) => {
    let line = used(options);
    for (const key of ['price', 'venue', 'id', 'maker', 'account', 'message', 'note']) {
      for (const odd of ODD) {
        const fields = usualFields(3);
        if (key === 'note') fields['account'] = { note: odd };
        else if (key !== 'message') fields[key] = odd;
        const given = lineOf(fields, 3, key === 'message' ? JSON.stringify(odd) : undefined);
        expect(line(given)).toBe(fresh(options, given));
      }
      // What has been searched once is searched from then on.
      line = used(options);
    }
  });

  it('do so with several of them in a line', () => {
    const options: RedactionOptions = { presets: ['exchanges'] };
    const odd = fc.dictionary(fc.constantFrom(...Object.keys(usualFields(0))), fc.constantFrom(...ODD), { maxKeys: 4 });
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 12 }), (all) => {
        const line = used(options);
        for (const [n, some] of all.entries()) {
          const given = lineOf({ ...usualFields(n), ...some }, n);
          expect(line(given)).toBe(fresh(options, given));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('lines of a form that has been seen', () => {
  it('are looked at each where something had to be hidden in one', () => {
    const options: RedactionOptions = { presets: ['exchanges', 'pci'] };
    const cards = [4012888888881881, 4222222222222, 5555555555554444, 1700000000000, 1];
    const line = asked(redact(options));
    for (let n = 0; n < 60; n++) {
      const secret = n % 3 === 0 ? `key=${n}` : `sign: ${n}`;
      const given = lineOf({ card: cards[n % cards.length], text: n % 4 === 0 ? 'none' : secret, password: 'x' }, n);
      expect(line(given)).toBe(fresh(options, given));
    }
  });

  it('are told from their bytes, but for those that are cut, longer, or not usual', () => {
    const { line = String, keeps = () => false } = redact({ presets: ['exchanges'] });
    const make = (n: number, more: Fields = {}): string => lineOf({ ...usualFields(n), ...more }, n);
    for (let n = 0; n < 20; n++) line(make(n));
    const usual = make(20);
    expect(keeps(bytesOf(usual))).toBe(true);
    for (let length = 0; length < usual.indexOf('"seq":') + 6; length++)
      expect(keeps(bytesOf(usual.slice(0, length)))).toBe(false);
    const unusual = [
      { price: '14 characters!' },
      { price: 'é' },
      { id: `${INSTANCE}-x` },
      { version: 2 },
      { more: 1 },
      { maker: '' },
    ];
    for (const more of unusual) expect(keeps(bytesOf(make(20, more)))).toBe(false);
    const varying = ['timestamp', 'symbol', 'price', 'latency', 'maker'].map((key) => {
      const from = usual.indexOf(`"${key}":`) + key.length + 3;
      return { from, to: usual.indexOf(',', from) };
    });
    for (let at = 0; at < usual.indexOf('"seq":') + 6; at++) {
      const changed = `${usual.slice(0, at)}~${usual.slice(at + 1)}`;
      if (!varying.some(({ from, to }) => at >= from && at < to))
        expect([at, keeps(bytesOf(changed))]).toEqual([at, false]);
    }
    for (let n = 0; n < 128; n++) {
      const price = `a${String.fromCharCode(n)}b`;
      if (keeps(bytesOf(make(20, { price })))) expect(price).toMatch(/^a[ !#$'()*,\-./0-9;<>?A-Z\]^_`a-z|}~]b$/);
    }
  });

  it('are not read, whatever varies in them and however long the form has been in use', () => {
    const line = used({ presets: ['exchanges'] });
    const read = jest.spyOn(JsonRedactor, 'record');
    for (let n = 20; n < 300; n++) {
      const note = n % 7 === 0 ? `order ${n} accepted by the matching engine` : 'limit order accepted by the engine';
      const venue = n < 150 ? 'binance' : `an exchange that has a long name, number ${n}`;
      line(lineOf({ ...usualFields(n), venue, account: { note } }, n));
    }
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });
});
