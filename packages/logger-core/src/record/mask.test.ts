import fc from 'fast-check';
import { CollectingTransport, destinationOf } from '../testing';
import { collectingLogger, linesOf, logged, testLogger } from '../../test/loggers';
import { DEFAULT_SECRET_KEYS } from './mask';

describe('masking', () => {
  it.each([
    'apiKey',
    'API_KEY',
    'api-key',
    'X-API-Key',
    'password',
    'Secret',
    'binanceApiSecret',
    'db_password',
    'Authorization',
  ])('recognises %s', async (key) => {
    expect(await logged({ [key]: 'abcdefghijkl' })).toEqual({ [key]: '***ijkl' });
  });

  it('shows the last four characters of what is longer than eight, and nothing of the rest', async () => {
    const given = {
      secret: '123456789',
      password: '12345678',
      token: '',
      pwd: 1234567890,
      credentials: { user: 'u' },
      auth: null,
    };
    const masked = { secret: '***6789', password: '***', token: '***', pwd: '***7890', credentials: '***', auth: null };
    expect(await logged(given)).toEqual(masked);
  });

  it('masks a secret name with a number behind it, save where that makes it the name of something else', async () => {
    const secrets = { apiSecret1: 'x', secret_2: 'x', 'API-KEY-03': 'x', jwt2026: 'x' };
    const others = { token0: 'USDC', token_1: 'WETH', auth0: 'tenant', secret20261121: 'kept', symbol1: 'BTCUSDT' };
    const masked = { apiSecret1: '***', secret_2: '***', 'API-KEY-03': '***', jwt2026: '***' };
    expect(await logged({ ...secrets, ...others })).toEqual({ ...masked, ...others });
    expect(await logged({ mine1: 'x', secret1: 'y' }, { redact: { keys: ['mine'], defaults: false } })).toEqual({
      mine1: 'x',
      secret1: 'y',
    });
  });

  it('leaves alone what only sounds like a secret', async () => {
    const given = { baseToken: 'USDT', keyboard: 'qwerty', symbol: 'BTCUSDT', tokens: 3, signatureCount: 2 };
    expect(await logged(given)).toEqual(given);
  });

  it('takes more keys, and can be told to do without the default ones or altogether', async () => {
    const given = { accountNo: '1234567890', password: 'abcdefghij' };
    expect(await logged(given, { redact: { keys: ['account_no'] } })).toEqual({
      accountNo: '***7890',
      password: '***ghij',
    });
    expect(await logged(given, { redact: { keys: ['accountNo'], defaults: false } })).toEqual({
      ...given,
      accountNo: '***7890',
    });
    expect(await logged(given, { redact: false })).toEqual(given);
  });

  it('masks what a processor adds, and does not mask twice', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({
      destinations: [destinationOf(collected)],
      processors: [(record) => ({ ...record, fields: { ...record.fields, password: 'added-by-processor' } })],
    });
    log.info('x', { apiKey: 'abcdefghijkl' });
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({ apiKey: '***ijkl', password: '***ssor' });
    expect(collected.entries[0]!.record.fields).toMatchObject({ apiKey: '***ijkl', password: '***ssor' });
  });
});

describe('a secret under any key at any depth', () => {
  const SECRET = 'S3CR3T-value-that-must-not-survive';
  const spelling = fc.constantFrom(
    ...DEFAULT_SECRET_KEYS,
    'api_key',
    'API-KEY',
    'X-Api-Key',
    'clientSecret',
    'Refresh_Token',
    'walletPrivateKey',
  );
  const leaf = spelling.map((key) => ({ [key]: SECRET }));
  const wrappers: ((inner: object) => object)[] = [
    (inner) => ({ inner }),
    (inner) => [1, inner],
    (inner) => new Map([['inner', inner]]),
    (inner) =>
      new Map<unknown, unknown>([
        [{}, 1],
        ['inner', inner],
      ]),
    (inner) => new Map<unknown, unknown>([[true, 1], ...Object.entries(inner)]),
    (inner) => new Map(Object.entries(inner)),
    (inner) => new Set([inner]),
    (inner) => ({ toJSON: () => inner }),
    (inner) => Object.assign(new Error('with secrets'), inner),
    (inner) => new Error('outer', { cause: Object.assign(new Error('cause'), { config: inner }) }),
    (inner) => Object.create(null, { inner: { value: inner, enumerable: true } }) as object,
  ];
  const nested = fc.tuple(leaf, fc.array(fc.nat(wrappers.length - 1), { maxLength: 5 })).map(([secret, path]) => {
    let value: object = secret;
    for (const index of path) value = wrappers[index]!(value);
    return { value, path };
  });

  it('never reaches a destination, and the caller keeps an object that is as it was', async () => {
    const collected = new CollectingTransport();
    const pretty = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected), destinationOf(pretty, { format: 'pretty' })] });
    const ways: ((value: object) => void)[] = [
      (value) => log.info('fields', value as Record<string, unknown>),
      (value) => log.info('nested', { value }),
      (value) => log.error('error', value),
      (value) => log.child({ value }).info('bound'),
      (value) => log.log({ level: 'info', message: 'info object', value }),
      (value) => log.info('%s of many', 'one', value),
      (value) => log.info([value]),
      (value) => log.info('%o and %j', [value], [value]),
    ];
    await fc.assert(
      fc.asyncProperty(nested, fc.nat(ways.length - 1), async ({ value }, way) => {
        collected.entries.length = 0;
        pretty.entries.length = 0;
        const before = structuredCloneOf(value);
        ways[way]!(value);
        await log.flush();
        expect(collected.entries).toHaveLength(1);
        for (const { payload, record } of [...collected.entries, ...pretty.entries]) {
          expect(payload).not.toContain(SECRET);
          expect(JSON.stringify(record)).not.toContain(SECRET);
        }
        expect(value).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('never survives a processor or a context', async () => {
    const { log, collected } = collectingLogger({
      processors: [(record) => ({ ...record, fields: { ...record.fields, touched: true } })],
    });
    await fc.assert(
      fc.asyncProperty(nested, async ({ value }) => {
        collected.entries.length = 0;
        log.child({ bound: value }).info('touched', { value, bound: { again: value } });
        await log.flush();
        expect(collected.payloads[0]).toContain('"touched":true');
        expect(collected.payloads[0]).not.toContain(SECRET);
      }),
    );
  });
});

/** A copy that compares equal: structuredClone has no functions and no own keys of errors. */
function structuredCloneOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, structuredCloneOf(one)]));
  if (value instanceof Set) return new Set([...value].map(structuredCloneOf));
  const copy =
    value instanceof Error
      ? new Error(value.message)
      : (Object.create(Object.getPrototypeOf(value) as object) as object);
  for (const key of Object.getOwnPropertyNames(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key)!;
    // From Node 21 on an error's own `stack` is an accessor.
    const copied = 'value' in descriptor ? { ...descriptor, value: structuredCloneOf(descriptor.value) } : descriptor;
    Object.defineProperty(copy, key, { ...copied, configurable: true });
  }
  return copy;
}
