import { context, type Context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { runChild } from '../../test/child-process';
import { collectingLogger, linesOf } from '../../test/loggers';
import { withContext } from './ambient';
import { bindContext, captureContext } from './capture-context';
import { iterateWithContext } from './iterate-with-context';

describe('context', () => {
  it('goes along with promises, timers, microtasks and emitters', async () => {
    const { log, collected } = collectingLogger();
    const emitter = new EventEmitter().on('tick', () => log.info('emitter'));
    await withContext({ bot: 1, step: 'outer' }, async () => {
      await Promise.resolve();
      log.info('promise');
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          log.info('timer');
          queueMicrotask(() => log.info('microtask'));
          setImmediate(resolve);
        }, 1);
      });
      emitter.emit('tick');
      await withContext({ step: 'inner' }, async () => {
        await nextTurn();
        log.info('nested');
      });
      log.info('back');
    });
    log.info('outside');
    await log.flush();
    expect(linesOf(collected).map(({ message, bot, step }) => [message, bot, step])).toEqual([
      ...['promise', 'timer', 'emitter', 'microtask'].map((message) => [message, 1, 'outer']).sort(),
      ['nested', 1, 'inner'],
      ['back', 1, 'outer'],
      ['outside', undefined, undefined],
    ].sort((a, b) => order(a) - order(b))); // prettier-ignore
    function order([message]: unknown[]): number {
      return collected.messages.indexOf(String(message));
    }
  });

  it('stays with a listener that was bound, whoever emits', async () => {
    const { log, collected } = collectingLogger();
    const emitter = new EventEmitter();
    withContext({ owner: 'a' }, () => emitter.on('tick', bindContext((n: number) => log.info('tick', { n })))); // prettier-ignore
    withContext({ owner: 'b', other: 1 }, () => emitter.emit('tick', 1));
    emitter.emit('tick', 2);
    await log.flush();
    expect(linesOf(collected)).toMatchObject([
      { owner: 'a', n: 1 },
      { owner: 'a', n: 2 },
    ]);
    expect(linesOf(collected)[0]).not.toHaveProperty('other');
  });

  it('travels to a worker and back with the messages', async () => {
    const { records, stderr } = await runChild(
      `
      const { Worker } = require('node:worker_threads');
      const { captureContext, runInContext } = core;
      const worker = new Worker(\`
        const { parentPort } = require('node:worker_threads');
        const { createLogger, captureContext, runInContext, withContext } = require(\${JSON.stringify(core.__path)});
        const log = createLogger({ sources: false });
        parentPort.on('message', ({ job, context, end }) => end ? parentPort.close() : runInContext(context, async () => {
          log.info('in the worker', { job });
          withContext({ there: true }, () => parentPort.postMessage({ job, context: captureContext() }));
          await log.flush();
        }));
      \`, { eval: true });
      const log = createLogger({ sources: false });
      let open = 2;
      worker.on('message', ({ job, context }) => {
        runInContext(context, () => log.info('back', { job }));
        if (--open === 0) worker.postMessage({ end: true });
      });
      for (const job of [1, 2]) withContext({ strategyId: job, price: 10n, since: new Date(0) }, () => worker.postMessage({ job, context: captureContext() }));
    `.replace('core.__path', JSON.stringify(`${__dirname}/../../dist/index.js`)),
    );
    expect(stderr).toBe('');
    for (const job of [1, 2]) {
      const own = records.filter((record) => record['job'] === job);
      expect(own.map(({ message }) => message).sort()).toEqual(['back', 'in the worker']);
      for (const record of own) expect(record).toMatchObject({ strategyId: job, price: '10', since: '1970-01-01T00:00:00.000Z' }); // prettier-ignore
      expect(own.find(({ message }) => message === 'back')).toMatchObject({ there: true });
    }
  });

  it('can be captured whatever is in it', () => {
    const hostile = { work: () => 1, get bad(): never { throw new Error('boom'); }, list: [Symbol('s')], n: 1 }; // prettier-ignore
    const captured = withContext(hostile, captureContext);
    expect(structuredClone(captured)).toEqual({ work: '[Function: work]', bad: '[Throws: boom]', list: ['Symbol(s)'], n: 1 }); // prettier-ignore
    expect(captureContext()).toEqual({});
  });

  it('is given to each item of a loop, and ends with it', async () => {
    const { log, collected } = collectingLogger();
    async function* symbols() {
      yield* ['BTC', 'ETH'];
    }
    const results = await iterateWithContext(symbols(), (symbol, index) => ({ symbol, index }), async (symbol) => {
      await wait(1);
      log.info('scan');
      return symbol.length;
    }); // prettier-ignore
    await expect(iterateWithContext([1, 2], { all: 1 }, (n) => (log.info('n', { n }), n > 1 ? Promise.reject(new Error('stop')) : n))).rejects.toThrow('stop'); // prettier-ignore
    log.info('outside');
    await log.flush();
    expect(results).toEqual([3, 3]);
    expect(linesOf(collected).map(({ symbol, index, all, n }) => [symbol, index, all, n])).toEqual([
      ['BTC', 0, undefined, undefined],
      ['ETH', 1, undefined, undefined],
      [undefined, undefined, 1, 1],
      [undefined, undefined, 1, 2],
      [undefined, undefined, undefined, undefined],
    ]);
  });
});

describe('unbind', () => {
  it('gives a logger without some of the bound fields, or without any', async () => {
    const { log, collected } = collectingLogger({ fields: { app: 'bot' } });
    const bound = log.bind({ symbol: 'BTC', side: 'BUY', leg: 1 });
    bound.unbind('symbol', 'nothing').info('some');
    bound.unbind(['symbol', 'side']).child({ venue: 'x' }).info('list');
    bound.unbind().info('all');
    bound.info('parent');
    await log.flush();
    const lines = linesOf(collected).map(({ app, symbol, side, leg, venue }) => [app, symbol, side, leg, venue]);
    expect(lines).toEqual([
      ['bot', undefined, 'BUY', 1, undefined],
      ['bot', undefined, undefined, 1, 'x'],
      ['bot', undefined, undefined, undefined, undefined],
      ['bot', 'BTC', 'BUY', 1, undefined],
    ]);
  });
});

describe('trace and span', () => {
  const ids = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
  const inSpan = (work: () => void): void => {
    const span = trace.wrapSpanContext({ ...ids, traceFlags: 1 });
    const active: Context = trace.setSpan(context.active(), span);
    context.with(active, work);
  };

  afterEach(() => context.disable());

  it('are those of the active span of OpenTelemetry, once it is there', async () => {
    const { log, collected } = collectingLogger();
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    // The logger was there first: it looks again in the next turn, and for each child.
    const child = log.child({ early: true });
    inSpan(() => child.info('child'));
    await nextTurn();
    inSpan(() => {
      log.info('in a span');
      log.info('own', { traceId: 'mine' });
      log.child({ spanId: 'bound' }).error('bound', new Error('x'));
      expect(captureContext()).toEqual(ids);
    });
    log.info('outside');
    await log.flush();
    const lines = linesOf(collected);
    expect(lines.slice(0, 2)).toMatchObject([ids, ids]);
    expect(lines[2]).toMatchObject({ traceId: 'mine', spanId: ids.spanId });
    expect(lines[3]).toMatchObject({ traceId: ids.traceId, spanId: 'bound', error: { message: 'x' } });
    for (const key of ['traceId', 'spanId']) expect(lines[4]).not.toHaveProperty(key);
  });

  it('are left out when the span is none, or the tracing throws', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const { log, collected } = collectingLogger();
    const none = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
    context.with(trace.setSpan(context.active(), trace.wrapSpanContext(none)), () => log.info('invalid'));
    const broken = { spanContext: () => { throw new Error('tracing'); } } as never; // prettier-ignore
    context.with(trace.setSpan(context.active(), broken), () => log.info('broken'));
    await log.flush();
    for (const line of linesOf(collected)) expect(line).not.toHaveProperty('traceId');
    expect(collected.messages).toEqual(['invalid', 'broken']);
  });
});
