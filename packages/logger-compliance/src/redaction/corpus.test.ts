import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, createPretty, type Formatter, json, type LogRecord } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf, testRecord } from '@metaexpert/logger-core/testing';
import { PRESETS } from './presets';
import { redact, type RedactProcessor } from './redact';

const messagesFile = join(__dirname, '../../../../../shared/data/binance-messages.jsonl');

/** Exchange messages: real ones where they are at hand, else one in their shape. */
const messages: unknown[] = existsSync(messagesFile)
  ? readFileSync(messagesFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line).message) // prettier-ignore
  : [
      {
        e: 'ORDER_TRADE_UPDATE',
        T: 1568879465651,
        o: { s: 'BTCUSDT', c: 'x-1', q: '0.005', i: 8887001, list: [{ a: 'b' }] },
      },
    ];

/** Add what other packages format with: the test holds for all of them. */
const FORMATTERS: Record<string, Formatter> = { json, pretty: createPretty({ colors: false }) };

const KEY = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
const PASSPHRASE = 'correct horse & battery=staple/"ünï"';

/** Secrets that are known by their form, or registered. */
const SECRETS: Record<string, string> = {
  registered: KEY,
  'registered, with what must be encoded': PASSPHRASE,
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  aws: 'AKIA' + 'IOSFODNN7EXAMPLE',
  pem: '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----',
  card: '4012888888881881',
  iban: 'DE89370400440532013000',
  email: 'jane.doe@example.com',
  wif: 'KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617',
  phrase: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
};

/** The forms in which a text with a secret gets into a log. */
const CARRIERS: Record<string, (secret: string) => string> = {
  alone: (secret) => secret,
  sentence: (secret) => `could not use ${secret}, giving up`,
  url: (secret) => `https://api.example.com/v3/order?symbol=BTCUSDT&note=${encodeURIComponent(secret)}&z=1`,
  'form body': (secret) => new URLSearchParams({ note: secret, z: '1' }).toString(),
  header: (secret) => `X-Note: ${secret}\r\nAccept: */*`,
  'nested JSON': (secret) => JSON.stringify({ body: JSON.stringify({ note: [secret] }) }),
  'JSON in a sentence': (secret) => `got ${JSON.stringify({ note: secret })} back`,
};

/** Registered values are found in these as well. */
const ENCODINGS: Record<string, (secret: string) => string> = {
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'upper-case hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64, one byte on': (secret) => Buffer.from(`:${secret}`).toString('base64'),
  'base64, two bytes on': (secret) => Buffer.from(`u:${secret}!`).toString('base64'),
  base64url: (secret) => Buffer.from(`id:${secret}`).toString('base64url'),
};

function protectedRedaction(): RedactProcessor {
  const hide = redact({ presets: ['exchanges', 'pci', 'gdpr'] });
  hide.protect(KEY, PASSPHRASE);
  return hide;
}

/** What would give the secret away: most of it, in any form; a part is as good as all. */
function traces(secret: string): string[] {
  const core = secret.startsWith('-----') ? 'MIIEvQIBADANBgkqhkiG9w0B' : secret.slice(2, -2);
  const forms = Object.values(ENCODINGS).map((encode) => encode(secret).slice(4, -6));
  return [core, encodeURIComponent(core), JSON.stringify(core).slice(1, -1), JSON.stringify(JSON.stringify(core)).slice(3, -3), ...forms]; // prettier-ignore
}

/** The message with one of its leaves replaced, for every leaf and every key. */
function* planted(message: unknown, secret: string, root = message): Iterable<unknown> {
  for (const path of leavesOf(message)) {
    yield structuredCloneWith(root, path, secret);
  }
}

function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

function structuredCloneWith(value: unknown, [key, ...rest]: readonly string[], secret: string): unknown {
  if (key === undefined) return secret;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = structuredCloneWith(copy[key], rest, secret);
  return copy;
}

/** A record with the text in each place that a record has. */
function recordsWith(text: string): LogRecord[] {
  const error = { name: 'Error', message: 'x', stack: 'Error: x\n    at y' };
  const fields = (value: unknown): Partial<LogRecord> => ({ fields: { value } });
  return [
    { message: text },
    { error: { ...error, message: text, stack: `Error: ${text}\n    at f (x.js:1:1)` } },
    { error: { ...error, cause: { ...error, cause: { ...error, message: text, code: text } } } },
    { error: { ...error, config: { headers: { 'X-Note': text } } } },
    { source: text, traceId: text },
    fields(text),
    fields([{ deep: [[text]] }]),
    { fields: { [text]: 1 } },
  ].map((overrides) => testRecord(overrides));
}

/** What every formatter makes of the record. */
function formatted(record: LogRecord): string {
  return Object.values(FORMATTERS).map((format) => format(record)).join('\n'); // prettier-ignore
}

/** Throws with the text that holds a trace; an assertion for each would take longer than the redaction. */
function expectNone(forbidden: readonly string[], text: string): void {
  for (const trace of forbidden) if (text.includes(trace)) throw new Error(`${trace} in ${text}`);
}

describe('the corpus', () => {
  const hide = protectedRedaction();

  it.each(Object.entries(SECRETS))('leaks no secret at any place of a record or text: %s', (_kind, secret) => {
    for (const carry of Object.values(CARRIERS)) {
      for (const record of recordsWith(carry(secret))) {
        expectNone(traces(secret), formatted(hide(record)!));
        expect(hide.line!(json(record))).toBe(json(hide(record)!));
      }
    }
  });

  it.each(Object.entries(ENCODINGS))('leaks no registered value in %s', (_encoding, encode) => {
    for (const secret of [KEY, PASSPHRASE]) {
      for (const carry of Object.values(CARRIERS)) {
        for (const record of recordsWith(carry(encode(secret)))) expectNone(traces(secret), formatted(hide(record)!));
      }
    }
  });

  it.each(Object.entries(SECRETS))('leaks no secret planted at any position of a message: %s', (_kind, secret) => {
    const forbidden = traces(secret);
    let count = 0;
    for (const message of messages) {
      for (const value of planted(message, secret)) {
        const record = hide(testRecord({ fields: { value } }))!;
        // What a formatter makes of a record that holds no secret holds none; it is seen here that it changes nothing.
        expectNone(forbidden, ++count % 10 === 0 ? formatted(record) : json(record));
      }
    }
    expect(count).toBeGreaterThan(8);
  });
});

describe('what holds no secret', () => {
  const hide = redact({
    presets: ['exchanges', 'pci'],
    values: ['iban', 'email', 'bitcoin-address', 'ethereum-address'],
  });

  it('is left alone: exchanges’ messages', () => {
    for (const value of messages) {
      const record = testRecord({ message: JSON.stringify(value), fields: { value } });
      expect(hide(record)).toBe(record);
    }
  });

  it('is left alone: 100,000 times, order ids and hashes', () => {
    const start = Date.UTC(2026, 0, 1);
    for (let index = 0; index < 100_000; index++) {
      const time = start + index * 977;
      const hash = createHash('sha256').update(String(index)).digest('hex');
      const fields = {
        time,
        timeText: String(time),
        micros: `${time}${String(index % 1000).padStart(3, '0')}`,
        nanos: `${time}${String(index % 1e6).padStart(6, '0')}`,
        iso: new Date(time).toISOString(),
        orderId: 8_389_765_591 + index,
        text: `order ${8_389_765_591 + index} filled at ${time}, hash ${hash}`,
        snowflake: String(1_098_394_344_925_597_696n + BigInt(index) * 4_194_304n),
        hash: `0x${hash}`,
        uuid: hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5'),
        client: `x-HNA2TXFJ${hash.slice(0, 22)}`,
        base64: index % 50 === 0 ? Buffer.from(hash, 'hex').toString('base64') : '',
      };
      const line = json(testRecord({ fields }));
      if (hide.line!(line) !== line) throw new Error(`${line}\n${hide.line!(line)}`);
    }
    expect(hide.report()).toEqual({});
  });
});

describe('the default names of core', () => {
  it('are all in the preset: what core masks by its name in a field is found by its name in a text', async () => {
    const collected = new CollectingTransport();
    const hide = redact({ presets: ['exchanges'] });
    const log = createLogger({ sources: false, exitHooks: false, destinations: [destinationOf(collected)] });
    const names = [
      ...PRESETS.exchanges.keys.map((key) => key.replace('*', 'my')),
      'xMbxApiKey',
      'db_password',
      'id-token',
    ];
    log.info('x', Object.fromEntries(names.map((name) => [name, 'hidden-value'])));
    await log.close();
    const fields = JSON.parse(collected.payloads[0]!);
    for (const name of names.filter((one) => fields[one] !== 'hidden-value')) {
      expect(hide.text(`x=1&${name}=hidden-value`)).toBe(`x=1&${name}=***`);
    }
  });
});
