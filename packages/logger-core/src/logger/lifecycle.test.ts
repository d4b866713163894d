import { failuresOf, testLogger } from '../../test/loggers';
import { CollectingTransport, destinationOf, FailingTransport, HangingTransport, waitFor } from '../testing';

describe('flush and close', () => {
  it('give a receipt that says what became of everything', async () => {
    const good = new CollectingTransport();
    const bad = new FailingTransport({ status: 'rejected', error: new Error('no') });
    const log = testLogger({
      destinations: [destinationOf(good, { name: 'good' }), destinationOf(bad, { name: 'bad' })],
    });
    failuresOf(log);
    log.info('1').info('2');
    const receipt = await log.flush();
    expect(receipt).toMatchObject({
      ok: false,
      destinations: [{ name: 'good', accepted: 2, delivered: 2, dropped: 0, pending: 0 }, { name: 'bad' }],
    });
    expect(receipt.destinations[1]).toMatchObject({ delivered: 0, dropped: 2 });
  });

  it('say ok when everything has arrived', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected, { batch: { maxDelayMs: 60_000 } })] });
    for (let index = 0; index < 1234; index++) log.info(`${index}`);
    expect(await log.flush()).toMatchObject({
      ok: true,
      destinations: [{ accepted: 1234, delivered: 1234, dropped: 0, pending: 0 }],
    });
    expect(collected.entries).toHaveLength(1234);
    expect(await log.close()).toMatchObject({ ok: true });
  });

  it('end in time with a destination that hangs, and everything else is out', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({
      destinations: [
        destinationOf(new HangingTransport(), { name: 'hangs' }),
        destinationOf(collected, { name: 'fine' }),
      ],
    });
    for (let index = 0; index < 1000; index++) log.info(`${index}`);
    const receipt = await log.close({ timeoutMs: 30 });
    expect(receipt).toMatchObject({
      ok: false,
      destinations: [
        { name: 'hangs', delivered: 0, pending: 1000 },
        { name: 'fine', delivered: 1000, pending: 0 },
      ],
    });
    expect(collected.closed).toBe(true);
  });

  it('end in time with a transport whose close hangs or throws', async () => {
    const hangs = {
      write: () => Promise.resolve({ status: 'delivered' as const }),
      close: () => new Promise<void>(() => {}),
    };
    const throws = { ...hangs, close: () => Promise.reject(new Error('cannot close')) };
    const log = testLogger({ destinations: [destinationOf(hangs), destinationOf(throws, { name: 'throws' })] });
    const failures = failuresOf(log);
    log.info('x');
    expect(await log.close({ timeoutMs: 20 })).toMatchObject({ ok: true });
    expect(failures).toMatchObject([
      { kind: 'permanent', destination: 'throws', records: 0, error: { message: 'cannot close' } },
    ]);
  });

  it('try a failing destination once more without waiting for its backoff', async () => {
    const transport = new FailingTransport({ status: 'retry', afterMs: 3_600_000 });
    const log = testLogger({ destinations: [destinationOf(transport, { batch: { maxDelayMs: 0 } })] });
    failuresOf(log);
    log.info('x');
    await waitFor('the first try', () => transport.writes === 1);
    transport.answer = undefined;
    expect(await log.flush({ timeoutMs: 1000 })).toMatchObject({ ok: true });
    expect(transport.writes).toBe(2);
  });

  it('close once: the second time gives the same receipt, and flush still answers', async () => {
    const log = testLogger({ destinations: [destinationOf(new CollectingTransport())] });
    log.info('x');
    const [first, second] = await Promise.all([log.close(), log.close()]);
    expect(second).toBe(first);
    expect(await log.flush()).toMatchObject({ ok: true });
  });
});

describe('log.audit', () => {
  it('resolves when every audit destination has it, however many others have not', async () => {
    const audit = new HangingTransport();
    const log = testLogger({
      destinations: [
        destinationOf(audit, { name: 'audit', delivery: 'audit' }),
        destinationOf(new HangingTransport(), { name: 'safe' }),
      ],
    });
    let resolved = false;
    const promise = log
      .audit('withdrawal approved', { amount: '5', apiKey: 'abcdefghijkl' })
      .then(() => (resolved = true));
    await waitFor('the record on its way', () => audit.taken.length === 1);
    expect(resolved).toBe(false);
    expect(audit.taken[0]!.record).toMatchObject({
      category: 'audit',
      message: 'withdrawal approved',
      fields: { amount: '5', apiKey: '***ijkl' },
    });
    audit.release();
    await promise;
    expect(resolved).toBe(true);
  });

  it.each<[string, FailingTransport]>([
    ['rejects', new FailingTransport({ status: 'rejected', error: new Error('disk is gone') })],
    ['throws', new FailingTransport(new Error('disk is gone'))],
  ])('throws to the caller when the destination %s', async (_how, transport) => {
    const log = testLogger({ destinations: [destinationOf(transport, { name: 'audit', delivery: 'audit' })] });
    failuresOf(log);
    await expect(log.audit('x')).rejects.toMatchObject({
      name: 'LoggerError',
      code: 'MXL_AUDIT_FAILED',
      message: expect.stringMatching(/audit.*disk is gone/),
    });
  });

  it('throws when there is no acknowledgement in time', async () => {
    const log = testLogger({
      destinations: [destinationOf(new HangingTransport(), { name: 'audit', delivery: 'audit', timeoutMs: 20 })],
    });
    failuresOf(log);
    await expect(log.audit('x')).rejects.toMatchObject({
      code: 'MXL_AUDIT_FAILED',
      message: expect.stringContaining('20 ms'),
    });
  });

  it('waits for all that take the record where there is no audit destination, and throws where there is none at all', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({
      destinations: [
        destinationOf(collected),
        destinationOf(new CollectingTransport(), { filter: { category: 'trade' } }),
      ],
    });
    await log.audit('x');
    expect(collected.messages).toEqual(['x']);
    await expect(testLogger().audit('x')).rejects.toMatchObject({ code: 'MXL_AUDIT_FAILED' });
  });

  it('throws when a processor withholds the record, or the logger is closed', async () => {
    const log = testLogger({ destinations: [destinationOf(new CollectingTransport())], processors: [() => undefined] });
    await expect(log.audit('x')).rejects.toMatchObject({ code: 'MXL_AUDIT_FAILED' });
    const closed = testLogger({ destinations: [destinationOf(new CollectingTransport())] });
    failuresOf(closed);
    await closed.close();
    await expect(closed.audit('x')).rejects.toMatchObject({ code: 'MXL_AUDIT_FAILED' });
  });

  it('is not kept back by the level of the logger', async () => {
    const collected = new CollectingTransport();
    await testLogger({ level: 'critical', destinations: [destinationOf(collected)] }).audit('x');
    expect(collected.messages).toEqual(['x']);
  });

  it('waits for room in the queue instead of dropping', async () => {
    const transport = new HangingTransport();
    const log = testLogger({
      destinations: [
        destinationOf(transport, { delivery: 'audit', queue: { maxRecords: 1 }, batch: { maxDelayMs: 0 } }),
      ],
    });
    failuresOf(log);
    const all = Promise.all(['1', '2', '3', '4'].map((message) => log.audit(message)));
    await waitFor('all of them', () => {
      transport.release();
      return transport.taken.length === 4;
    });
    transport.release();
    await all;
    expect(log.health()[0]).toMatchObject({ accepted: 4, delivered: 4, dropped: {} });
  });

  it('keeps its place among the other records', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected)] });
    log.info('1');
    const audited = log.audit('2');
    log.info('3');
    await audited;
    await log.flush();
    expect(collected.entries.map(({ record }) => [record.message, record.seq])).toEqual([['1', 1], ['2', 2], ['3', 3]]); // prettier-ignore
  });
});

describe('log.time', () => {
  it('records how long an operation took, and gives back its result', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected)] });
    expect(
      await log.child({ desk: 'x' }).time('fetch_candles', async () => 42, { fields: { symbol: 'BTCUSDT' } }),
    ).toBe(42);
    expect(await log.time('sync', () => 'result')).toBe('result');
    await log.flush();
    const [{ record }] = collected.entries as [(typeof collected.entries)[0]];
    expect(record).toMatchObject({
      level: 'info',
      category: 'performance',
      message: expect.stringMatching(/^fetch_candles took [\d.]+ ms$/),
    });
    expect(record.fields).toMatchObject({
      desk: 'x',
      symbol: 'BTCUSDT',
      operation: 'fetch_candles',
      outcome: 'ok',
      durationMs: expect.any(Number),
    });
  });

  it('warns from the threshold on', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected)] });
    await log.time('slow', () => 1, { thresholdMs: 0 });
    await log.time('quick', () => 1, { thresholdMs: 3_600_000 });
    await log.flush();
    expect(collected.entries.map(({ record }) => [record.level, record.fields['slow']])).toEqual([['warning', true], ['info', undefined]]); // prettier-ignore
  });

  it('records what the operation throws as an error, and throws it on', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected)] });
    const error = new RangeError('no data');
    await expect(log.time('a', () => Promise.reject(error))).rejects.toBe(error);
    await expect(log.time('b', () => { throw error; })).rejects.toBe(error); // prettier-ignore
    await log.flush();
    for (const { record } of collected.entries) {
      expect(record).toMatchObject({
        level: 'error',
        category: 'performance',
        error: { message: 'no data' },
        fields: { outcome: 'failed' },
      });
    }
  });
});
