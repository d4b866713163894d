import { failuresOf, testLogger } from '../../test/loggers';
import { type DestinationOptions } from '../config/logger-options';
import { CollectingTransport, destinationOf, FailingTransport, HangingTransport, waitFor } from '../testing';
import { type DirectTransport, type Entry, type Transport, type WriteResult } from '../transport/transport';

const quick = {
  batch: { maxDelayMs: 0 },
  retry: { minDelayMs: 1, maxDelayMs: 2 },
  breaker: { failures: 3, cooldownMs: 5 },
};

function loggerOn(transport: Transport, options: Partial<DestinationOptions> = {}) {
  const log = testLogger({ destinations: [destinationOf(transport, { name: 'there', ...quick, ...options })] });
  return { log, failures: failuresOf(log), health: () => log.health()[0]! };
}

/** Answers from a list, one for each write; then delivers. */
class ScriptedTransport implements Transport {
  readonly delivered: string[] = [];
  readonly batches: string[][] = [];
  constructor(readonly script: ((batch: readonly Entry[]) => WriteResult | Promise<WriteResult>)[]) {}

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    this.batches.push(batch.map(({ record }) => record.message));
    const result = (await this.script.shift()?.(batch)) ?? { status: 'delivered' };
    if (result.status === 'delivered') this.delivered.push(...batch.map(({ record }) => record.message));
    if (result.status === 'partial')
      this.delivered.push(...result.delivered.flatMap((index) => batch[index]?.record.message ?? []));
    return result;
  }
}

describe('a destination', () => {
  it('sets the timer of the next batch itself while records keep coming: no call has to', async () => {
    let timersOfTheCall = -1;
    const transport: Transport = {
      write: async () => {
        await Promise.resolve();
        if (timersOfTheCall < 0) {
          const timers = jest.spyOn(globalThis, 'setTimeout');
          log.info('second');
          timersOfTheCall = timers.mock.calls.length;
          timers.mockRestore();
        }
        return { status: 'delivered' };
      },
    };
    const { log, health } = loggerOn(transport, { batch: { maxDelayMs: 5 } });
    log.info('first');
    await waitFor('both to arrive', () => health().delivered === 2);
    expect(timersOfTheCall).toBe(0);
  });

  it('that is down asks no clock and tries nothing on a call: its timer does', async () => {
    const queue = { maxRecords: 20 };
    const retry = { minDelayMs: 20, maxDelayMs: 20 };
    const { log, health } = loggerOn(new FailingTransport({ status: 'retry' }), { queue, retry });
    for (let index = 0; index < 30; index++) log.info(`${index}`);
    await waitFor('the queue to be full and resting', () => health().retries > 0 && health().queued === 20);
    // This one may find that the time for the next try has not been set yet.
    log.info('one more');
    const clock = jest.spyOn(performance, 'now');
    for (let index = 0; index < 100; index++) log.info(`${index}`);
    const looks = clock.mock.calls.length;
    clock.mockRestore();
    expect(looks).toBe(0);
    const { retries } = health();
    await waitFor('another try', () => health().retries > retries);
  });

  it('over a direct transport tries again within a loop that never yields', () => {
    let tries = 0;
    const failsOnce: DirectTransport = {
      maxInFlight: 1,
      write: async () => ({ status: 'delivered' }),
      submit: (_batch, settle) => {
        tries += 1;
        settle({ status: tries === 1 ? 'retry' : 'delivered' });
        return true;
      },
    };
    const { log, health } = loggerOn(failsOnce, { batch: { maxRecords: 3 } });
    const end = performance.now() + 5000;
    while (health().delivered === 0 && performance.now() < end) log.info('again');
    expect(health().delivered).toBeGreaterThan(0);
  });

  it('sends batches of the size it was told, in order', async () => {
    const transport = new CollectingTransport();
    const { log } = loggerOn(transport, { batch: { maxRecords: 3, maxDelayMs: 0 } });
    for (let index = 0; index < 10; index++) log.info(`${index}`);
    await log.flush();
    expect(transport.messages).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(transport.batches.map((batch) => batch.length)).toEqual([3, 3, 3, 1]);
  });

  it('sends batches of the bytes it was told', async () => {
    const transport = new CollectingTransport();
    const { log } = loggerOn(transport, { batch: { maxBytes: 1000, maxDelayMs: 0 } });
    for (let index = 0; index < 10; index++) log.info('x'.repeat(300));
    await log.flush();
    for (const batch of transport.batches)
      expect(Buffer.byteLength(batch.map(({ payload }) => payload).join(''))).toBeLessThanOrEqual(1000);
  });

  it('retries what has to be retried, keeps the order, and is active again when it is through', async () => {
    const transport = new FailingTransport({ status: 'retry', error: new Error('not now') });
    const { log, failures, health } = loggerOn(transport);
    log.info('1');
    await waitFor('three tries', () => transport.writes >= 3);
    log.info('2');
    expect(health()).toMatchObject({
      state: expect.stringMatching(/failed|recovering/),
      queued: 2,
      delivered: 0,
      lastError: { message: 'not now' },
    });
    transport.answer = undefined;
    log.info('3');
    await waitFor('all delivered', () => transport.delivered.length === 3);
    expect(transport.delivered.map(({ record }) => record.message)).toEqual(['1', '2', '3']);
    expect(health()).toMatchObject({ state: 'active', queued: 0, delivered: 3, dropped: {} });
    expect(health().retries).toBeGreaterThanOrEqual(3);
    expect(health().lastDeliveredAt).toMatch(/^\d{4}-.*Z$/);
    expect(failures[0]).toMatchObject({ kind: 'temporary', destination: 'there', records: 1 });
  });

  it('keeps the order over partial results: what is to be retried goes before what is new', async () => {
    const transport = new ScriptedTransport([
      () => {
        log.info('new');
        return { status: 'partial', delivered: [0, 2], retry: [1, 3], rejected: [4], error: new Error('some') };
      },
      () => ({ status: 'retry' }),
    ]);
    const { log, health, failures } = loggerOn(transport);
    for (let index = 0; index < 5; index++) log.info(`${index}`);
    await waitFor('nothing left', () => health().queued === 0 && health().accepted === 7);
    expect(transport.delivered).toEqual(['0', '2', '1', '3', 'new', '1 record dropped: rejected']);
    expect(health()).toMatchObject({ accepted: 7, delivered: 6, dropped: { rejected: 1 } });
    expect(failures.map(({ kind, records }) => [kind, records])).toContainEqual(['permanent', 1]);
  });

  it('drops what is rejected, and goes on with the next', async () => {
    const transport = new ScriptedTransport([() => ({ status: 'rejected', error: new Error('400') })]);
    const { log, failures, health } = loggerOn(transport);
    log.info('bad');
    await waitFor('the rejection', () => failures.length === 1);
    expect(health()).toMatchObject({ state: 'degraded', dropped: { rejected: 1 }, lastError: { message: '400' } });
    log.info('good');
    await log.flush();
    expect(transport.delivered[0]).toBe('good');
    expect(health().state).toBe('active');
    expect(failures).toMatchObject([
      { kind: 'permanent', destination: 'there', records: 1, error: { message: '400' } },
    ]);
  });

  it.each<[string, () => never | Promise<never>]>([
    [
      'throws',
      () => {
        throw new Error('bang');
      },
    ],
    ['rejects', () => Promise.reject(new Error('bang'))],
  ])('takes a transport that %s for one that has rejected', async (_how, write) => {
    // prettier-ignore
    const { log, failures, health } = loggerOn({ write });
    log.info('x');
    await waitFor('the report', () => failures.length > 0);
    expect(health()).toMatchObject({ queued: 0, dropped: { rejected: 1 } });
    expect(failures[0]).toMatchObject({ kind: 'permanent', error: { code: 'MXL_TRANSPORT_THREW', message: 'bang' } });
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a word', 'delivered'],
    ['an unknown status', { status: 'ok' }],
    ['a partial result without its lists', { status: 'partial', delivered: [0] }],
    ['a partial result of other things', { status: 'partial', delivered: 1, retry: null, rejected: {} }],
  ])('takes %s for an answer that is none: rejected, and nothing breaks', async (_what, answer) => {
    const { log, failures, health } = loggerOn({ write: () => Promise.resolve(answer as WriteResult) });
    log.info('x');
    await waitFor('the report', () => failures.length > 0);
    expect(health()).toMatchObject({ accepted: 1, queued: 0, delivered: 0, dropped: { rejected: 1 } });
    expect(failures[0]).toMatchObject({ error: { code: 'MXL_TRANSPORT_THREW' } });
  });

  it('loses no record that a partial result forgets, and counts none twice that it names twice', async () => {
    const transport = new ScriptedTransport([
      () => ({ status: 'partial', delivered: [0, 0, 7], retry: [], rejected: [0, 2] }),
    ]);
    const { log, health } = loggerOn(transport);
    for (let index = 0; index < 4; index++) log.info(`${index}`);
    await waitFor('nothing left', () => health().queued === 0 && health().accepted === 5);
    expect(health()).toMatchObject({ delivered: 4, dropped: { rejected: 1 } });
    expect(transport.batches[1]).toEqual(['1', '3']);
  });

  it('aborts a write that takes too long and tries it again', async () => {
    const transport = new HangingTransport();
    const { log, failures, health } = loggerOn(transport, { timeoutMs: 10 });
    log.info('slow');
    await waitFor('two time-outs', () => transport.aborted >= 2);
    expect(failures[0]).toMatchObject({ kind: 'temporary', error: { code: 'MXL_WRITE_TIMEOUT' } });
    expect(transport.taken[1]!.record.message).toBe('slow');
    transport.release();
    await waitFor('an answer in time', () => {
      transport.release();
      return health().queued === 0;
    });
    expect(health()).toMatchObject({ accepted: 1, delivered: 1, dropped: {} });
  });

  it('writes no second batch before the first has settled', async () => {
    const transport = new HangingTransport();
    const { log } = loggerOn(transport, { batch: { maxRecords: 1, maxDelayMs: 0 } });
    log.info('1').info('2');
    await waitFor('the first', () => transport.taken.length === 1);
    const flushed = log.flush({ timeoutMs: 20 });
    expect((await flushed).ok).toBe(false);
    expect(transport.taken).toHaveLength(1);
  });

  it('gives up after maxElapsedMs, which is final', async () => {
    const transport = new FailingTransport({ status: 'retry', error: new Error('down') });
    const { log, failures, health } = loggerOn(transport, { retry: { minDelayMs: 1, maxDelayMs: 1, maxElapsedMs: 1 } });
    log.info('x');
    await waitFor('the end of trying', () => failures.some(({ kind }) => kind === 'final'));
    expect(health().dropped['retry_exhausted']).toBeGreaterThan(0);
    expect(failures.find(({ kind }) => kind === 'final')).toMatchObject({
      error: { code: 'MXL_RETRY_EXHAUSTED' },
      records: 1,
    });
  });

  it('lets no more go at once than its rate limit allows', async () => {
    const transport = new CollectingTransport();
    const { log, health } = loggerOn(transport, { rateLimit: { perSecond: 0.001, burst: 3 } });
    for (let index = 0; index < 10; index++) log.info(`${index}`);
    expect((await log.flush({ timeoutMs: 20 })).ok).toBe(false);
    expect(transport.messages).toEqual(['0', '1', '2']);
    expect(health()).toMatchObject({ queued: 7, delivered: 3 });
  });

  it('is closed at the end, and counts what comes afterwards', async () => {
    const transport = new CollectingTransport();
    const { log, failures, health } = loggerOn(transport);
    log.info('before');
    await log.close();
    log.info('after');
    expect(transport.messages).toEqual(['before']);
    expect(transport.closed).toBe(true);
    expect(health()).toMatchObject({ state: 'closed', accepted: 2, delivered: 1, dropped: { closed: 1 } });
    expect(failures).toMatchObject([{ kind: 'permanent', error: { code: 'MXL_CLOSED' } }]);
  });

  it('writes nothing to a transport that has been closed, however late an answer comes', async () => {
    const transport = new HangingTransport();
    const { log, health } = loggerOn(transport, { batch: { maxRecords: 1, maxDelayMs: 0 } });
    log.info('1').info('2');
    await waitFor('the first', () => transport.taken.length === 1);
    await log.close({ timeoutMs: 10 });
    transport.release();
    await waitFor('the late answer', () => health().delivered === 1);
    await log.flush({ timeoutMs: 20 });
    expect(transport.taken).toHaveLength(1);
    expect(health()).toMatchObject({ accepted: 2, delivered: 1, queued: 1 });
  });

  it('becomes a failing destination when its transport cannot be made', async () => {
    const { log, failures } = loggerOn(new CollectingTransport());
    const broken = { ...destinationOf(new CollectingTransport()), type: 'broken' };
    await log.reconfigure({
      sources: false,
      exitHooks: false,
      plugins: [{ kind: 'transport', type: 'broken', create: () => { throw new Error('no such folder'); } }],
      destinations: [{ type: broken.type, ...quick }],
    }); // prettier-ignore
    expect(() => log.info('x')).not.toThrow();
    await waitFor('failures', () => log.health()[0]!.retries >= 3);
    expect(log.health()[0]).toMatchObject({ name: 'broken', queued: 1, lastError: { message: 'no such folder' } });
    expect(failures).toContainEqual(expect.objectContaining({ kind: 'permanent', destination: 'broken' }));
  });
});
