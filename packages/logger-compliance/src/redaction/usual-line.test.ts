import * as fc from 'fast-check';
import { encodeRecord, type Fields } from '@metaexpert/logger-core';
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
    account: { note: 'limit order accepted by the engine', password: `p${n}` },
  };
}

function lineOf(fields: Fields, n = 0, message = 'order placed'): string {
  return encodeRecord({ ...testRecord({ fields, message }), time: n, timestamp: new Date(n).toISOString() });
}

/** A redaction that has seen so many lines of this form. */
function used(options: RedactionOptions): (line: string) => string {
  const { line = String } = redact(options);
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
        if (key === 'note') fields['account'] = { note: odd, password: 'x' };
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
  it('are not read, whatever varies in them and however long the form has been in use', () => {
    const line = used({ presets: ['exchanges'] });
    const read = jest.spyOn(JsonRedactor, 'record');
    for (let n = 20; n < 300; n++) {
      const note = n % 7 === 0 ? `order ${n} accepted by the matching engine` : 'limit order accepted by the engine';
      const venue = n < 150 ? 'binance' : `an exchange that has a long name, number ${n}`;
      line(lineOf({ ...usualFields(n), venue, account: { note, password: 'x' } }, n));
    }
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });
});
