import { createLogger, type Formatter, withContext } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf, testRecord } from '@metaexpert/logger-core/testing';
import { formatterPlugins } from '../formatter-plugins';
import { ALL_FORMATS, FORMATS, logInEveryFormat } from '../../test/log-in-every-format';

/** Formats that write the members of an error's cause one by one still have its texts. */
const SECRET = 'a-long-made-up-key-7f3a';

/** A formatter with a choice of fields, made as plain configuration would make it. */
function create(format: string, options: object): Formatter {
  const plugin = formatterPlugins.find(({ type }) => type === format)!;
  return (plugin.create as (options: object) => Formatter)(options);
}

describe.each(ALL_FORMATS)('the format %s', (format) => {
  it('holds no secret, wherever it was put, and says that one was there', async () => {
    const lines = await logInEveryFormat((log) => {
      const bound = log.child({ api_key: SECRET });
      bound.info('signed in', { account: { password: SECRET }, headers: [{ Authorization: SECRET }] });
      bound.error('refused', Object.assign(new Error('no'), { secretKey: SECRET, request: { token: SECRET } }));
    });
    expect(lines[format]).toHaveLength(2);
    for (const line of lines[format]!) expect(line).not.toContain(SECRET);
    expect(lines[format]![0]!.split('***7f3a')).toHaveLength(4);
    expect(lines[format]![1]!.split('***7f3a')).toHaveLength(4);
  });

  it('tells name, message, code, frames, own properties and the whole chain of causes of an error', async () => {
    const root = new RangeError('price below minimum');
    const middle = Object.assign(new Error('exchange refused', { cause: root }), { status: 418 });
    const error = Object.assign(new TypeError('order rejected', { cause: middle }), { code: 'E42', attempt: 'third' });
    const [line] = (await logInEveryFormat((log) => void log.error('placing failed', error)))[format]!;
    for (const part of ['placing failed', 'TypeError', 'order rejected', 'E42', 'third', 'exchange refused', '418']) {
      expect(line).toContain(part);
    }
    for (const part of ['RangeError', 'price below minimum']) expect(line).toContain(part);
    // At least one frame: of this file.
    expect(line).toMatch(/at [^\n]*every-format\.test/);
  });

  it('tells the errors of an aggregate', async () => {
    const error = new AggregateError([new Error('first venue'), new Error('second venue')], 'all failed');
    const [line] = (await logInEveryFormat((log) => void log.error('hedge', error)))[format]!;
    for (const part of ['all failed', 'first venue', 'second venue']) expect(line).toContain(part);
  });

  it('has the bound and the ambient context, the nearest winning', async () => {
    const lines = await logInEveryFormat((log) =>
      withContext({ strategyId: 's-1001', symbol: 'AMBIENT' }, () => {
        log.child({ venue: 'binance', symbol: 'BOUND' }).info('tick', { symbol: 'BTCUSDT' });
      }),
    );
    const [line] = lines[format]!;
    for (const part of ['s-1001', 'binance', 'BTCUSDT']) expect(line).toContain(part);
    for (const part of ['AMBIENT', 'BOUND']) expect(line).not.toContain(part);
  });
});

describe.each(FORMATS)('the format %s', (format) => {
  it('keeps include, exclude and rename, nested names too', () => {
    const record = testRecord({
      fields: { symbol: 'BTCUSDT', note: 'quiet', account: { owner: 'alice', tier: 'gold' }, extra: 'spare' },
      host: 'h-4711',
    });
    const some = create(format, { include: ['symbol', 'account.tier'] })(record);
    for (const part of ['BTCUSDT', 'tier', 'gold']) expect(some).toContain(part);
    for (const part of ['quiet', 'alice', 'spare']) expect(some).not.toContain(part);
    const less = create(format, { exclude: ['note', 'account.owner', 'host', 'missing', 'extra.x'] })(record);
    for (const part of ['BTCUSDT', 'gold', 'spare']) expect(less).toContain(part);
    for (const part of ['quiet', 'alice', 'h-4711']) expect(less).not.toContain(part);
    const other = create(format, { rename: { note: 'remark', 'account.owner': 'holder', extra: 'symbol' } })(record);
    for (const part of ['remark', 'quiet', 'holder', 'alice', 'spare', 'BTCUSDT']) expect(other).toContain(part);
    expect(other).not.toMatch(/note|owner/);
  });

  it('takes a record that somebody made by hand, whatever it holds', () => {
    const cycle: Record<string, unknown> = { when: new Date(0), count: 12n, map: new Map([['k', 'v-9']]) };
    cycle['self'] = cycle;
    const hostile = Object.defineProperty({}, 'x', { enumerable: true, get: () => { throw new Error('hostile'); } }); // prettier-ignore
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const fields = {
      cycle,
      hostile,
      proxy: revoked.proxy,
      nothing: undefined,
      work: () => 1,
      half: '\ud800',
      nan: NaN,
    };
    const line = create(format, {})(testRecord({ fields, error: new Error('by hand') as never }));
    for (const part of ['1970-01-01', '12', 'v-9', '[Circular', 'hostile', 'work', 'by hand'])
      expect(line).toContain(part);
  });

  it('is a winston format as well, and the name of a destination in plain configuration', async () => {
    const plugin = formatterPlugins.find(({ type }) => type === format)!;
    expect(plugin).toMatchObject({ kind: 'formatter', schema: expect.any(Object) });
    const collected = new CollectingTransport();
    const log = createLogger({
      ...{ sources: false, exitHooks: false, plugins: formatterPlugins },
      destinations: [destinationOf(collected, { format })],
    });
    log.info('hello');
    await log.close();
    expect(collected.payloads).toEqual([create(format, {})(collected.entries[0]!.record)]);
  });
});
