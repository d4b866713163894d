import { setImmediate as nextTurn } from 'node:timers/promises';
import { withContext } from '../context/ambient';
import { collectingLogger, linesOf } from '../../test/loggers';

describe('context', () => {
  it('takes the fields of the call over the ambient ones, those over the bound ones, and those over the logger own', async () => {
    const { log, collected } = collectingLogger({ fields: { from: 'options', a: 1 } });
    log.info('options');
    const child = log.child({ from: 'bound', b: 2 });
    child.info('bound');
    withContext({ from: 'ambient', c: 3 }, () => {
      child.info('ambient');
      child.info('call', { from: 'call', d: 4 });
    });
    child.info('call over bound', { from: 'call' });
    await log.flush();
    const lines = linesOf(collected);
    expect(lines.map((line) => line['from'])).toEqual(['options', 'bound', 'ambient', 'call', 'call']);
    expect(lines[3]).toMatchObject({ a: 1, b: 2, c: 3, d: 4 });
    for (const payload of collected.payloads) expect(payload.match(/"from":/g)).toHaveLength(1);
  });

  it('adds up over generations of children, whose parents do not see it', async () => {
    const { log, collected } = collectingLogger();
    const child = log.child({ a: 1, who: 'child' });
    const grandchild = child.bind({ b: 2, who: 'grandchild' });
    const great = grandchild.child({ c: 3 });
    for (const one of [great, grandchild, child, log]) one.info('who');
    await log.flush();
    const lines = linesOf(collected);
    expect(lines[0]).toMatchObject({ a: 1, b: 2, c: 3, who: 'grandchild' });
    expect(lines[2]).toMatchObject({ a: 1, who: 'child' });
    expect(lines[2]).not.toHaveProperty('b');
    expect(lines[3]).not.toHaveProperty('a');
  });

  it('keeps what is bound when the name changes, also for names of names', async () => {
    const { log, collected } = collectingLogger();
    log.child({ desk: 'x' }).named('exchange').named('exchange.ws').child({ socket: 1 }).info('connected');
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({ logger: 'exchange.ws', desk: 'x', socket: 1 });
  });

  it('follows the work across awaits and timers, and two at a time do not mix', async () => {
    const { log, collected } = collectingLogger();
    const work = (strategyId: number) =>
      withContext({ strategyId }, async () => {
        for (let step = 0; step < 5; step++) {
          await nextTurn();
          withContext({ step }, () => log.info('tick', { expected: strategyId }));
        }
      });
    await Promise.all([work(1), work(2)]);
    log.info('outside');
    await log.flush();
    const lines = linesOf(collected);
    expect(lines).toHaveLength(11);
    for (const line of lines.slice(0, -1)) expect(line['strategyId']).toBe(line['expected']);
    expect(lines.at(-1)).not.toHaveProperty('strategyId');
  });

  it('gives back what the work gives back, and throws what it throws', () => {
    expect(withContext({ a: 1 }, () => 42)).toBe(42);
    expect(() =>
      withContext({ a: 1 }, () => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
  });

  it('puts a bound category, trace and span where they belong, and lets a call override them', async () => {
    const { log, collected } = collectingLogger();
    const child = log.child({ traceId: 't1', spanId: 's1', category: 'trade', a: 1 });
    child.info('bound');
    child.info('overridden', { spanId: 's2', a: 2 });
    withContext({ traceId: 'ambient' }, () => child.info('ambient'));
    await log.flush();
    expect(linesOf(collected)).toMatchObject([
      { traceId: 't1', spanId: 's1', category: 'trade', a: 1 },
      { traceId: 't1', spanId: 's2', category: 'trade', a: 2 },
      { traceId: 'ambient', spanId: 's1', category: 'trade' },
    ]);
  });

  it('runs a getter of a bound object under guard', async () => {
    const { log, collected } = collectingLogger();
    const hostile = {
      get bad(): never {
        throw new Error('boom');
      },
    };
    log.child(hostile).info('bound', { good: 1 });
    withContext(hostile, () => log.info('ambient', { good: 1 }));
    await log.flush();
    for (const line of linesOf(collected)) expect(line).toMatchObject({ bad: '[Throws: boom]', good: 1 });
  });

  it('takes the value that a bound object had at the call: later changes of it are not seen', async () => {
    const { log, collected } = collectingLogger();
    let run = 0;
    const fields = {
      symbol: 'BTCUSDT',
      get run() {
        return ++run;
      },
    };
    const child = log.child(fields);
    fields.symbol = 'ETHUSDT';
    child.info('first');
    child.child({ n: 1 }).info('second');
    await log.flush();
    expect(linesOf(collected)).toMatchObject([
      { symbol: 'BTCUSDT', run: 1 },
      { symbol: 'BTCUSDT', run: 1, n: 1 },
    ]);
  });
});
