import { ConfigError, createLogger, encodeRecord, type LogRecord } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf, testRecord } from '@metaexpert/logger-core/testing';
import { MESSAGE } from 'triple-beam';
import { redact, redactPlugin } from './redact';
import { type RedactionOptions } from './redact-options';

/** What becomes of fields. */
function fieldsOf(options: RedactionOptions, fields: Record<string, unknown>): unknown {
  return redact(options)(testRecord({ fields }))?.fields;
}

describe('redaction by key', () => {
  it('follows a path, one star for a key or an element and two for any number of them', () => {
    const fields = {
      user: { email: 'a', id: 1 },
      orders: [{ account: 'b', pins: ['c'] }],
      x: { y: { card: 'd' } },
      card: 'e',
    };
    expect(fieldsOf({ paths: ['user.email', 'orders[*].account', 'orders.0.pins[0]', '**.card'] }, fields)).toEqual({
      user: { email: '***', id: 1 },
      orders: [{ account: '***', pins: ['***'] }],
      x: { y: { card: '***' } },
      card: '***',
    });
    expect(fieldsOf({ paths: ['email', '*.card'] }, fields)).toEqual({ ...fields });
    expect(fieldsOf({ paths: ['x.**'] }, fields)).toMatchObject({ x: '***', card: 'e' });
  });

  it('takes snake, camel and kebab case for one, in keys and in paths', () => {
    expect(
      fieldsOf({ keys: ['account_owner'], paths: ['headers["x-client-name"]'] }, {
        accountOwner: 'a', 'ACCOUNT-OWNER': 'b', deep: [{ Account_Owner: 'c' }], headers: { xClientName: 'd', X_CLIENT_NAME: 'e' },
      }), // prettier-ignore
    ).toEqual({
      accountOwner: '***', 'ACCOUNT-OWNER': '***', deep: [{ Account_Owner: '***' }], headers: { xClientName: '***', X_CLIENT_NAME: '***' },
    }); // prettier-ignore
  });

  it('knows key patterns, with stars or as a RegExp', () => {
    const fields = { myIban1: 'a', iban: 'b', Secretary: 'c', notes: 'd' };
    expect(fieldsOf({ keys: ['*iban*', /^Sec/g] }, fields)).toEqual({ myIban1: '***', iban: '***', Secretary: '***', notes: 'd' }); // prettier-ignore
  });

  it('hides whole objects, leaves null, and lets the first rule win', () => {
    expect(
      fieldsOf({ paths: [{ path: 'a.b', action: { keepLast: 2 } }], keys: ['b', 'c'] }, { a: { b: 'abcdef' }, b: { x: [1, '}"'] }, c: null }), // prettier-ignore
    ).toEqual({ a: { b: '***ef' }, b: '***', c: null });
  });

  it('removes members wherever they stand in an object', () => {
    const remove = { keys: [{ key: 'x*', action: 'remove' }] } as const;
    expect(fieldsOf(remove, { x1: 1 })).toEqual({});
    expect(fieldsOf(remove, { a: { x1: 1, x2: 2, b: 3, x3: { c: 4 } }, x4: [5], d: [{ x5: 5 }] })).toEqual({
      a: { b: 3 },
      d: [{}],
    });
    expect(fieldsOf(remove, { a: { x1: 1, b: 2 }, e: { b: 2, x2: 1, x3: 1, c: 3 } })).toEqual({
      a: { b: 2 },
      e: { b: 2, c: 3 },
    });
  });

  it('hashes and makes pseudonyms, by the name of the rule', () => {
    const pseudonymize = (domain: string, value: string): string => `<${domain} ${value.length}>`;
    const keys = [
      { key: 'client', action: 'pseudonym' },
      { key: 'hashed', action: 'hash' },
    ] as const;
    expect(fieldsOf({ keys, pseudonymize }, { client: 'C-17', hashed: 'abc' })).toEqual({
      client: '<client 4>',
      hashed: 'sha256:ba7816bf8f01cfea',
    });
  });

  it('reaches into an error, its causes and JSON inside of strings', () => {
    const error = { name: 'E', message: 'm', account: 'a', cause: { name: 'E', message: 'n', account: 'b' } };
    const body = JSON.stringify({ user: { account: 'c', big: 1 }, list: JSON.stringify([{ account: 'd' }]) });
    const record = redact({ keys: ['account'], paths: ['body.user.big'] })(testRecord({ error, fields: { body } }));
    expect(record?.error).toMatchObject({ account: '***', cause: { account: '***' } });
    expect(record?.fields['body']).toBe('{"user":{"account":"***","big":"***"},"list":"[{\\"account\\":\\"***\\"}]"}');
  });

  it('leaves the record what it is: its own members stay, a user’s of the same name do not', () => {
    const hide = redact({ keys: ['level', 'id', 'seq', 'message', 'logger', 'error'], action: 'remove' });
    const error = { name: 'E', message: 'm' };
    const record = hide(testRecord({ error, fields: { level: 'secret', deep: { id: 'secret' } } }));
    expect(record).toMatchObject({ level: 'info', id: 'TEST-1', seq: 1, message: '***', logger: '***' });
    expect(JSON.stringify(record)).not.toContain('secret');
    expect(record).not.toHaveProperty('error');
    expect(redact({ keys: ['error'] })(testRecord({ error }))?.error).toEqual({ name: 'Error', message: '***' });
  });
});

describe('a redaction', () => {
  it('gives the same record back when there is nothing to hide, and never changes the one it is given', () => {
    const hide = redact({ presets: ['exchanges', 'pci', 'gdpr'] });
    const clean = testRecord({ fields: { symbol: 'BTCUSDT', orderId: 12345, note: 'a "quoted" [note]' } });
    expect(hide(clean)).toBe(clean);
    const secret: LogRecord = Object.freeze(testRecord({ fields: Object.freeze({ cvv: '123', a: { cvv: 1 } }) }));
    const before = JSON.stringify(secret);
    expect(hide(secret)).not.toBe(secret);
    expect(JSON.stringify(secret)).toBe(before);
  });

  it('does the same to a record and to its line', () => {
    const hide = redact({ presets: ['gdpr'], keys: [{ key: 'gone', action: 'remove' }] });
    const record = testRecord({
      message: 'to a@b.com\u0085',
      fields: { gone: 1, level: 'x@y.org', n: 12345678901234567890n, 'me@here.org': { email: 'q' } },
      error: { name: 'E', message: 'for x@y.org' },
    });
    const line = hide.line!(encodeRecord(record));
    expect(line).toBe(encodeRecord(hide(record)!));
    expect(line).toContain('"***":{"email":"***"}');
    expect(line).toContain('"n":"12345678901234567890"');
    expect(line).not.toMatch(/@|gone/);
  });

  it('withholds what a winston format wrote when a secret’s key cannot be seen in it, else redacts it', () => {
    const hide = redact({ presets: ['exchanges'] });
    const text = (fields: object, formatted: string): unknown =>
      hide(testRecord({ fields: { ...fields }, [MESSAGE]: formatted }))?.[MESSAGE];
    expect(text({ password: '***' }, 'signed in with hunter2')).toBeUndefined();
    expect(text({ password: '***' }, '{"password":"hunter2"}')).toBe('{"password":"***"}');
    const remove = redact({ keys: [{ key: 'client', action: 'remove' }] });
    expect(remove(testRecord({ fields: { client: 'C-17' }, [MESSAGE]: 'for C-17' }))).not.toHaveProperty([MESSAGE]);
    expect(text({}, 'GET /?signature=abcdef')).toBe('GET /?signature=***');
    expect(text({}, 'plain')).toBe('plain');
  });

  it('counts what it hides by rule, never with values', () => {
    const hide = redact({ presets: ['exchanges', 'pci'], keys: ['account'] });
    hide(
      testRecord({ message: 'card 4111111111111111 or 4012888888881881', fields: { account: 1, apiKey: '***7f3a' } }),
    );
    expect(hide.report()).toEqual({ account: 1, '*apikey': 1, card: 2 });
  });

  it('explains every mistake in its options at once', () => {
    const options = { preset: [], presets: ['exchange'], paths: ['a..b'], keys: [3], values: ['cards'], action: { keepLast: 0 }, patterns: [{ name: 'x', pattern: '(' }] }; // prettier-ignore
    const mistakes = (): unknown => redact(options as never);
    expect(mistakes).toThrow(ConfigError);
    const messages = [
      "preset: is not known (did you mean 'presets'?)",
      "presets[0]: 'exchange' is not one of exchanges, pci, gdpr (did you mean 'exchanges'?)",
      "paths[0]: 'a..b' is not a path such as",
      'keys[0]: 3 is not a text',
      "values[0]: 'cards' is not one of pem, jwt",
      'action: { keepLast: 0 } is not { keepLast: n }',
      "patterns[0].pattern: '(' is no regular expression",
    ];
    for (const message of messages) expect(mistakes).toThrow(message);
    expect(() => redact({ action: 'pseudonym' })).toThrow("action: 'pseudonym' needs the option 'pseudonymize'");
  });

  it('works in a logger by plain configuration, and withholds a record when it fails', async () => {
    const collected = new CollectingTransport();
    const failing = redact({ keys: [{ key: 'client', action: 'pseudonym' }], pseudonymize: () => { throw new Error('no key'); } }); // prettier-ignore
    const log = createLogger({
      sources: false,
      exitHooks: false,
      plugins: [redactPlugin],
      processors: [{ type: 'redact', presets: ['exchanges'] }, failing],
      destinations: [destinationOf(collected)],
    });
    const wrong = { type: 'redact', presets: ['exchange'] } as never;
    expect(() => createLogger({ sources: false, plugins: [redactPlugin], processors: [wrong] })).toThrow("redact.presets[0]: 'exchange'"); // prettier-ignore
    const failures: unknown[] = [];
    log.on('failure', (failure) => failures.push(failure));
    log.info('GET https://api.x.com/order?symbol=BTC&signature=8a7f', { url: 'https://u:hunter2@x.com/' });
    log.info('client C-17', { client: 'C-17' });
    await log.close();
    expect(collected.payloads.map((line) => JSON.parse(line))).toMatchObject([
      { message: 'GET https://api.x.com/order?symbol=BTC&signature=***', url: 'https://u:***@x.com/', seq: 1 },
    ]);
    expect(failures).toMatchObject([{ error: { code: 'MXL_PROCESSOR_THREW' }, records: 1 }]);
  });
});
