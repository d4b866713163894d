import winston from 'winston';
import { collectingLogger, linesOf, testLogger } from '../../test/loggers';
import { CollectingTransport, destinationOf } from '../testing';
import { type Logger } from './logger';

async function categoryOf(call: (log: Logger) => unknown): Promise<unknown> {
  const { log, collected } = collectingLogger();
  call(log);
  await log.flush();
  expect(collected.payloads).toHaveLength(1);
  return linesOf(collected)[0]!['category'];
}

describe('log.performance', () => {
  it('makes a record at level info, of the category performance, in every kind of call', async () => {
    const { log, collected } = collectingLogger({ level: 'info' });
    expect(log.performance('a', { durationMs: 5 })).toBe(log);
    log.child({ b: 1 }).performance('b');
    log.performance('took %d ms', 7);
    log.performance('c', new Error('late'), { d: 1 });
    log.performance({ message: 'e', f: 1 });
    await log.flush();
    const lines = linesOf(collected);
    for (const line of lines) expect(line).toMatchObject({ level: 'info', category: 'performance' });
    expect(lines).toMatchObject([
      { message: 'a', durationMs: 5 },
      { message: 'b', b: 1 },
      { message: 'took 7 ms' },
      { message: 'c', d: 1, error: { message: 'late' } },
      { message: 'e', f: 1 },
    ]);
  });

  it('says nothing below the level, and looks at nothing', async () => {
    const { log, collected } = collectingLogger({ level: 'warning' });
    log.performance('a', { get x(): never { throw new Error('looked'); } }); // prettier-ignore
    await log.flush();
    expect(collected.payloads).toEqual([]);
  });

  it('goes through a winston format like any other call, and survives what cannot be read', async () => {
    const upper = winston.format((info) => ({ ...info, message: String(info.message).toUpperCase() }));
    const { log, collected } = collectingLogger({ format: upper() });
    log.performance('a', { b: 1 });
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({ message: 'A', b: 1, category: 'performance', level: 'info' });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(await categoryOf((plain) => plain.performance(proxy as never))).toBe('general');
  });
});

describe('a record that MetaExpert marks as a trade', () => {
  it.each<[string, (log: Logger) => unknown]>([
    ['event_type', (log) => log.info('x', { event_type: 'trade' })],
    ['eventType', (log) => log.info('x', { eventType: 'trade' })],
    ['category', (log) => log.info('x', { category: 'trade' })],
    ['a bound event_type', (log) => log.child({ event_type: 'trade' }).warning('x')],
    ['a bound category', (log) => log.bind({ category: 'trade' }).error('x')],
    ['event_type in an info object', (log) => log.log({ level: 'info', message: 'x', event_type: 'trade' })],
    ['log.trade', (log) => log.trade('x')],
  ])('by %s is of the category trade', async (_how, call) => {
    expect(await categoryOf(call)).toBe('trade');
  });

  it('keeps the mark as a field, and is seen by a filter', async () => {
    const trades = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(trades, { filter: { category: 'trade' } })] });
    log.info('filled', { symbol: 'BTC', event_type: 'trade' });
    log.info('tick', { event_type: 'tick' });
    await log.flush();
    expect(linesOf(trades)).toMatchObject([{ message: 'filled', event_type: 'trade', category: 'trade' }]);
  });

  it('is what its category says when both are given, in either order', async () => {
    expect(await categoryOf((log) => log.info('x', { event_type: 'trade', category: 'audit' }))).toBe('audit');
    expect(await categoryOf((log) => log.info('x', { category: 'audit', event_type: 'trade' }))).toBe('audit');
    expect(await categoryOf((log) => log.info('x', { event_type: 'other' }))).toBe('general');
  });
});

describe('log.time', () => {
  it('says how long it took, also when it failed, and gives on what came of it', async () => {
    const { log, collected } = collectingLogger();
    const child = log.child({ symbol: 'BTC' });
    expect(await child.time('fetch', () => 5, { fields: { tries: 1 } })).toBe(5);
    await expect(child.time('fetch', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    await child.time('slow', () => new Promise((resolve) => setTimeout(resolve, 5)), { thresholdMs: 1 });
    await log.flush();
    expect(linesOf(collected)).toMatchObject([
      { level: 'info', category: 'performance', operation: 'fetch', outcome: 'ok', tries: 1, symbol: 'BTC' },
      { level: 'error', category: 'performance', operation: 'fetch', outcome: 'failed', error: { message: 'down' } },
      { level: 'warning', category: 'performance', operation: 'slow', outcome: 'ok', slow: true, thresholdMs: 1 },
    ]);
    for (const { durationMs } of linesOf(collected)) expect(durationMs).toBeGreaterThanOrEqual(0);
  });
});

describe('a formatter', () => {
  it('that throws leaves the record as JSON with formatError, and one failure event a record', async () => {
    const broken = new CollectingTransport();
    const healthy = new CollectingTransport();
    const format = () => {
      throw new Error('no such field');
    };
    const log = testLogger({
      destinations: [destinationOf(broken, { name: 'broken', format }), destinationOf(healthy, { name: 'healthy' })],
    });
    const failures: unknown[] = [];
    log.on('failure', (failure) => failures.push(failure));
    log.error('rejected', new Error('margin'), { symbol: 'BTC', apiKey: 'abcdefghijkl', formatError: 'mine' });
    await log.flush();
    const [line] = linesOf(broken);
    expect(line).toMatchObject({ ...linesOf(healthy)[0], formatError: 'no such field', apiKey: '***ijkl' });
    expect(line).toHaveProperty(['fields.formatError'], 'mine');
    expect(Object.keys(line!).indexOf('formatError')).toBeGreaterThan(Object.keys(line!).indexOf('error'));
    expect(linesOf(healthy)[0]).not.toHaveProperty('formatError');
    expect(failures).toMatchObject([{ kind: 'temporary', destination: 'broken', error: { code: 'MXL_FORMATTER_THREW' } }]); // prettier-ignore
  });

  it('that gives no text does the same', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected, { format: (() => undefined) as never })] });
    log.on('failure', () => undefined);
    log.info('x');
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({ message: 'x', formatError: expect.any(String) });
  });

  it('of an unknown name is a mistake in the configuration, which lists the known ones', () => {
    const wrong = { destinations: [{ type: 'console', format: 'jsno' }] };
    expect(() => testLogger(wrong)).toThrow(
      "destinations[0].format: 'jsno' is not one of json, pretty (did you mean 'json'?)",
    );
  });
});
