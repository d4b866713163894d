import * as fc from 'fast-check';
import { encodeRecord, type Fields } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import { wordlist } from '@scure/bip39/wordlists/english';
import { DETECTORS } from './detectors';
import { ProtectedValues, protect } from './protected-values';
import { redact } from './redact';
import { type DetectorName } from './redact-options';

const MEGABYTE = 1_000_000;

/** A megabyte of the same over and over. */
function much(text: string): string {
  return text.repeat(Math.ceil(MEGABYTE / text.length)).slice(0, MEGABYTE);
}

/** Texts that begin everywhere what they never end. */
const HOSTILE: Record<string, string> = {
  letters: much('a'),
  digits: much('4'),
  'digits in groups': much('4111 1111 1111 111'),
  'digits and dashes': much('4-'),
  'token headers': much('eyJ'),
  'token headers with dots': much('eyJhbGciOi.'),
  'key prefixes': much('AKIAghp_xoxb-sk-AIza'),
  'PEM beginnings': much('-----BEGIN PRIVATE KEY-----'),
  'PEM labels': much('-----BEGIN A'),
  'at signs': much('@'),
  'almost addresses': much('a.b@c.d-e.f@'),
  'long local parts': much(`${'a'.repeat(63)}@${'b.'.repeat(100)}`),
  'equal signs': much('='),
  'names without values': much('signature='),
  'quotes without ends': much(`apiKey:"\\\\`),
  blanks: much(' '),
  'blanks behind a scheme': `bearer${much(' ')}`,
  schemes: much('basic bearer '),
  'percent signs': much('%'),
  'percent-encoded percent signs': much('%2525'),
  'URLs with colons': much('://a:'),
  'base58 of the right length': much(`5${'K'.repeat(50)} `),
  'bank accounts': much('DE89 3704 0044 0532 0130 01 '),
  'words of the list': much(`${wordlist.slice(0, 40).join(' ')} zzz `),
  'one word of the list': much('abandon '),
  'brackets': `${much('[')}]`,
  'nested JSON': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  quotes: much('"'),
  backslashes: much('\\'),
  plus: much('+1'),
  'characters of four bytes': much('😀'),
}; // prettier-ignore

describe('a redaction of hostile text', () => {
  const values = [...DETECTORS.keys()] as DetectorName[];
  const hide = redact({
    presets: ['exchanges', 'pci', 'gdpr'],
    values,
    keys: ['*a*b*c*d*'],
    protect: ['protected-value'],
  });

  // One test for each, so that the limit of a test's time is the limit for a megabyte; a quadratic search takes hours.
  it.each(Object.entries(HOSTILE))('of a megabyte ends: %s', (_name, text) => {
    expect(typeof hide.text(text)).toBe('string');
  });

  it('ends for keys of any kind and number', () => {
    const fields: Fields = { ['ab'.repeat(50_000)]: 1 };
    for (let index = 0; index < 900; index++) fields[`key${index}`] = { [`other${index}`]: 'x' };
    for (let round = 0; round < 20; round++) hide(testRecord({ fields: { ...fields, [`round${round}`]: 1 } }));
    expect(hide(testRecord({ fields: { password: 'x' } }))?.fields).toEqual({ password: '***' });
  });
});

describe('a redaction of any record', () => {
  const hide = redact({ presets: ['exchanges', 'pci', 'gdpr'], keys: [{ key: 'gone', action: 'remove' }] });

  it('gives a valid line that says the same as the record, twice the same', () => {
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('password', 'gone', 'email', 'level', 'a"b\\'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom('a@b.org', 'x=1&password=y', '{"email":"x"}', '4111111111111111', 4111111111111111),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 5 }), fc.string({ unit: 'binary' }), (fields, message) => {
        const record = testRecord({ fields: fields, message });
        const line = hide.line!(encodeRecord(record));
        expect(JSON.parse(line)).toEqual(JSON.parse(encodeRecord(hide(record)!)));
        expect(hide.line!(line)).toBe(line);
        expect(line).not.toMatch(/a@b\.org|4111111111111111|password=y|"gone":/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('protected values', () => {
  it('are found in every form, for every redaction of the process', () => {
    protect('process-wide ✓ value', undefined, '');
    const text = `x ${Buffer.from('a process-wide ✓ value').toString('base64')} y`;
    expect(redact({ presets: [] }).text(text)).toMatch(/^x YSBw?\*\*\*\S{0,2} y$/);
    expect(redact({ presets: [] })(testRecord({ message: 'a process-wide ✓ value' }))?.message).toBe('a ***');
  });

  it('of any content are found wherever in the bytes they begin', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 10 }), fc.string(), fc.string(), (value, before, after) => {
        const values = new ProtectedValues();
        values.add(value);
        for (const encoding of ['base64', 'base64url', 'hex'] as const) {
          const text = Buffer.from(before + value + after).toString(encoding);
          expect([...values.detector!.find(text)].length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('are refused when they are too short to be told from anything else', () => {
    expect(() => protect('12345')).toThrow(expect.objectContaining({ code: 'MXL_REDACT_VALUE' }));
  });
});
