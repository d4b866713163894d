import { collectingLogger, failuresOf, linesOf, testLogger } from '../../test/loggers';
import { CollectingTransport, destinationOf, waitFor } from '../testing';
import { type LogRecord } from '../record/log-record';
import { dedupe } from './dedupe';
import { fingersCrossed } from './fingers-crossed';
import { onChange } from './on-change';
import { rateLimit } from './rate-limit';
import { sample } from './sample';

const numbers = (lines: Record<string, unknown>[]): unknown[] => lines.map(({ seq }) => seq);
const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

describe('sample', () => {
  it('lets its share pass, and all that matters', async () => {
    const { log, collected } = collectingLogger({ processors: [sample({ rate: 0.3 })] });
    for (let n = 0; n < 3000; n++) log.info('tick', { n });
    log.warning('slow');
    log.trade('filled');
    log.info('also a trade', { category: 'trade' });
    await log.audit('withdrawal');
    await log.flush();
    const ticks = collected.messages.filter((message) => message === 'tick').length;
    // Six standard deviations around 900.
    expect(Math.abs(ticks - 900)).toBeLessThan(150);
    expect(collected.messages.slice(-4)).toEqual(['slow', 'filled', 'also a trade', 'withdrawal']);
    expect(numbers(linesOf(collected))).toEqual(upTo(ticks + 4));
  });

  it('lets all or nothing pass at the ends of its range', async () => {
    for (const [rate, expected] of [[0, 0], [1, 100]] as const) {
      const { log, collected } = collectingLogger({ processors: [sample({ rate })] });
      for (let n = 0; n < 100; n++) log.info('tick');
      await log.flush();
      expect(collected.messages).toHaveLength(expected);
    } // prettier-ignore
  });
});

describe('onChange', () => {
  it('lets a record pass when the value of its key is another, and all without such a value', async () => {
    const { log, collected } = collectingLogger({ processors: [onChange('symbol', 'position')] });
    const calls: [string, unknown][] = [['BTC', 1], ['BTC', 1], ['ETH', 1], ['BTC', 2], ['ETH', 1], ['BTC', 1]]; // prettier-ignore
    for (const [symbol, position] of calls) log.info('position', { symbol, position });
    log.info('other', { symbol: 'BTC' });
    log.info('other', { symbol: 'BTC' });
    await log.flush();
    expect(linesOf(collected).map(({ symbol, position }) => [symbol, position])).toEqual([
      ...[['BTC', 1], ['ETH', 1], ['BTC', 2], ['BTC', 1]],
      ...[['BTC', undefined], ['BTC', undefined]],
    ]); // prettier-ignore
  });

  it('takes functions for both, and compares what is in an object', async () => {
    const byLogger = onChange((record) => record.logger, (record) => record.fields['book']); // prettier-ignore
    const { log, collected } = collectingLogger({ processors: [byLogger] });
    for (const book of [{ bid: [1] }, { bid: [1] }, { bid: [2] }]) log.info('book', { book });
    log.named('other').info('book', { book: { bid: [2] } });
    await log.flush();
    expect(collected.messages).toHaveLength(3);
  });
});

describe('dedupe', () => {
  it('lets the first of equal records pass, and says at the end of the window how many more there were', async () => {
    const { log, collected } = collectingLogger({ processors: [dedupe({ windowMs: 100 })] });
    for (let n = 0; n < 5; n++) log.error('connection lost', new Error('reset'), { attempt: n });
    log.error('connection lost', new Error('refused'));
    await waitFor('the summary', async () => (await log.flush(), collected.messages.length === 3), 20_000);
    const lines = linesOf(collected);
    expect(lines.map(({ message }) => message)).toEqual([
      'connection lost',
      'connection lost',
      'repeated 4 times: connection lost',
    ]);
    expect(lines[2]).toMatchObject({ level: 'error', repeated: 4, attempt: 4, error: { message: 'reset' } });
    expect(numbers(lines)).toEqual([1, 2, 3]);
    expect(lines[0]).toMatchObject({ attempt: 0 });
  });

  it('says it by itself, without another record and without a flush', async () => {
    const { log, collected } = collectingLogger({ processors: [dedupe({ windowMs: 20 })] });
    log.info('x');
    log.info('x');
    await waitFor('the summary', () => collected.messages.length === 2, 20_000);
    expect(collected.messages).toEqual(['x', 'repeated 1 time: x']);
  });

  it('says it when the logger is closed or reconfigured', async () => {
    const { log, collected } = collectingLogger({ processors: [dedupe()] });
    for (let n = 0; n < 3; n++) log.info('x');
    const next = new CollectingTransport();
    await log.reconfigure({ sources: false, exitHooks: false, processors: [dedupe()], destinations: [destinationOf(next)] }); // prettier-ignore
    expect(collected.messages).toEqual(['x', 'repeated 2 times: x']);
    for (let n = 0; n < 2; n++) log.info('y');
    await log.close();
    expect(next.messages).toEqual(['y', 'repeated 1 time: y']);
    expect(numbers(linesOf(next))).toEqual([3, 4]);
  });

  it('takes fields for the difference when told to, and never a trade or an audit record', async () => {
    const { log, collected } = collectingLogger({ processors: [dedupe({ by: ['symbol'] })] });
    for (const symbol of ['A', 'B', 'A', 'B']) log.info('gap', { symbol });
    for (let n = 0; n < 2; n++) log.trade('filled');
    for (let n = 0; n < 2; n++) await log.audit('withdrawal');
    expect(collected.messages).toEqual(['gap', 'gap', 'filled', 'filled', 'withdrawal', 'withdrawal']);
  });

  it('remembers a bounded number of kinds, and says what it forgets', async () => {
    const { log, collected } = collectingLogger({ processors: [dedupe({ maxKinds: 2 })] });
    for (const message of ['a', 'a', 'b', 'c', 'a']) log.info(message);
    await log.flush();
    expect(collected.messages).toEqual(['a', 'b', 'c', 'a', 'repeated 1 time: a']);
    expect(numbers(linesOf(collected))).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('rateLimit', () => {
  it('drops what is over the limit, and says in the stream how many', async () => {
    const { log, collected } = collectingLogger({ processors: [rateLimit({ perSecond: 1, burst: 10 })] });
    for (let n = 0; n < 110; n++) log.info('flood', { n });
    log.critical('halt');
    log.trade('filled');
    await waitFor('room for one more', async () => {
      log.info('later');
      return (await log.flush(), collected.messages.includes('later'));
    }, 20_000); // prettier-ignore
    const lines = linesOf(collected);
    expect(lines.slice(0, 10).map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const rest = lines.map(({ message }) => String(message)).filter((message) => message !== 'flood');
    expect(rest.slice(0, 2)).toEqual(['halt', 'filled']);
    const suppressed = lines.reduce((sum, line) => sum + Number(line['suppressed'] ?? 0), 0);
    const passed = lines.filter(({ message }) => message === 'flood').length;
    expect(suppressed).toBeGreaterThanOrEqual(110 - passed);
    expect(lines.find((line) => 'suppressed' in line)).toMatchObject({ level: 'warning', category: 'general', perSecond: 1 }); // prettier-ignore
    expect(numbers(lines)).toEqual(upTo(lines.length));
  });

  it('says it within a second or so when nothing more comes', async () => {
    const { log, collected } = collectingLogger({ processors: [rateLimit({ perSecond: 0.001, burst: 1 })] });
    for (let n = 0; n < 5; n++) log.info('flood');
    await waitFor('the summary', () => collected.messages.length === 2, 20_000);
    expect(linesOf(collected)[1]).toMatchObject({ message: '4 records dropped: more than 0.001 a second', suppressed: 4 }); // prettier-ignore
  });
});

describe('fingersCrossed', () => {
  it('keeps debug records back until an error comes, and then puts them in front of it', async () => {
    const { log, collected } = collectingLogger({ level: 'debug', processors: [fingersCrossed()] });
    const child = log.child({ symbol: 'BTCUSDT' });
    for (let round = 1; round <= 2; round++) {
      child.debug('quote', { round });
      log.info('order sent', { round });
      child.debug('ack', { round });
      const before = Date.now();
      while (Date.now() === before);
      log.error('rejected', new Error('margin'), { round });
    }
    log.debug('never seen');
    await log.flush();
    const lines = linesOf(collected);
    expect(lines.map(({ message, round }) => `${String(round)} ${String(message)}`)).toEqual(
      [1, 2].flatMap((n) => [`${n} order sent`, `${n} quote`, `${n} ack`, `${n} rejected`]),
    );
    expect(numbers(lines)).toEqual(upTo(8));
    expect(lines.map(({ id }) => Number(/-(\d+)$/.exec(String(id))?.[1]))).toEqual(upTo(8));
    // When each was made, not when it came out.
    const time = (index: number): number => Date.parse(String(lines[index]!['timestamp']));
    expect(time(1)).toBeLessThan(time(3));
    expect(lines[1]).toMatchObject({ level: 'debug', symbol: 'BTCUSDT', logger: 'test' });
    expect(lines[3]).toMatchObject({ error: { message: 'margin' }, category: 'error' });
  });

  it('comes with its records to the processors behind it, and not again to those in front', async () => {
    const mark = (key: string) => (record: { fields: object }) =>
      ({
        ...record,
        fields: { ...record.fields, [key]: Number((record.fields as Record<string, unknown>)[key] ?? 0) + 1 },
      }) as never;
    const processors = [mark('before'), fingersCrossed(), mark('behind')];
    const { log, collected } = collectingLogger({ level: 'debug', processors });
    log.debug('held');
    log.error('x');
    await log.flush();
    expect(linesOf(collected)).toMatchObject([
      { message: 'held', before: 1, behind: 1 },
      { message: 'x', before: 1, behind: 1 },
    ]);
  });

  it('holds a bounded number, the last ones, and none for ever', async () => {
    const { log, collected } = collectingLogger({ level: 'debug', processors: [fingersCrossed({ maxRecords: 10 })] });
    for (let n = 0; n < 95; n++) log.debug('held', { n });
    log.error('x');
    await log.flush();
    expect(linesOf(collected).map(({ n }) => n)).toEqual([85, 86, 87, 88, 89, 90, 91, 92, 93, 94, undefined]);
    const old = collectingLogger({ level: 'debug', processors: [fingersCrossed({ maxAgeMs: 5 })] });
    old.log.debug('old');
    const made = Date.now();
    while (Date.now() < made + 10);
    old.log.error('x');
    await old.log.flush();
    expect(old.collected.messages).toEqual(['x']);
  });

  it('stays in order and without gaps at every destination, whatever else logs meanwhile', async () => {
    const all = new CollectingTransport();
    const errors = new CollectingTransport();
    const log = testLogger({
      level: 'debug',
      destinations: [destinationOf(all), destinationOf(errors, { name: 'errors', level: 'error' })],
      processors: [fingersCrossed(), (record) => (record.fields['drop'] === true ? undefined : record)],
    });
    const chatty = { toJSON: () => (log.debug('from a getter'), log.error('nested'), 'x') };
    for (let n = 0; n < 300; n++) {
      log.debug('held', { n, drop: n % 7 === 0 });
      if (n % 10 === 0) log.info('seen', { drop: n % 20 === 0 });
      if (n % 25 === 0) log.error('failed', { chatty });
    }
    await log.flush();
    const lines = linesOf(all);
    expect([...numbers(lines)].sort((a, b) => Number(a) - Number(b))).toEqual(upTo(lines.length));
    expect(errors.messages).toEqual(all.messages.filter((message) => message === 'failed' || message === 'nested'));
  });

  it('waits with what it lets out until the record on its way is through', async () => {
    const nested = (record: LogRecord): LogRecord => {
      if (record.message === 'outer') log.error('from a processor');
      return record;
    };
    const { log, collected } = collectingLogger({ level: 'debug', processors: [fingersCrossed(), nested] });
    log.debug('held');
    log.info('outer');
    await log.flush();
    expect(collected.messages).toEqual(['outer', 'held', 'from a processor']);
    expect(numbers(linesOf(collected))).toEqual([1, 2, 3]);
  });

  it('lets an audit record through at once', async () => {
    const { log, collected } = collectingLogger({ level: 'debug', processors: [fingersCrossed({ hold: 'info' })] });
    await log.audit('withdrawal');
    expect(collected.messages).toEqual(['withdrawal']);
  });
});

describe('processors that send records of their own', () => {
  it('are named by plain configuration, whose mistakes are explained', async () => {
    const { log, collected } = collectingLogger({ processors: [{ type: 'dedupe', windowMs: 60_000 }] });
    for (let n = 0; n < 3; n++) log.info('x');
    await log.flush();
    expect(collected.messages).toEqual(['x', 'repeated 2 times: x']);
    const wrong = [{ type: 'sample' }, { type: 'dedupe', windowMS: 5 }, sample({ rate: 2 }), { type: 'smaple' }];
    expect(() => testLogger({ processors: wrong })).toThrow(
      /processors\[0\].*rate[^]*processors\[1\]\.windowMS.*windowMs[^]*processors\[2\]\.rate[^]*processors\[3\].*sample/,
    );
  });

  it('are made anew for each logger', async () => {
    const shared = dedupe();
    const one = collectingLogger({ processors: [shared] });
    const two = collectingLogger({ processors: [shared] });
    one.log.info('x');
    two.log.info('x');
    await Promise.all([one.log.flush(), two.log.flush()]);
    expect([one.collected.messages, two.collected.messages]).toEqual([['x'], ['x']]);
  });

  it('withhold the record and say so when they were wrapped, so that they cannot send any', async () => {
    const inner = fingersCrossed();
    const { log, collected } = collectingLogger({ level: 'debug', processors: [(record) => inner(record)] });
    const failures = failuresOf(log);
    log.debug('held');
    log.error('x');
    await log.flush();
    expect(collected.messages).toEqual([]);
    expect(failures).toMatchObject([{ error: { code: 'MXL_PROCESSOR_THREW', message: expect.stringContaining('nothing around it') } }]); // prettier-ignore
  });
});
