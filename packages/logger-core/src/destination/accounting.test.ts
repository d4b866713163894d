import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failuresOf, testLogger } from '../../test/loggers';
import { type Logger } from '../logger/logger';
import { destinationOf, FailingTransport, HangingTransport, waitFor } from '../testing';
import { type Entry, type Transport, type WriteResult } from '../transport/transport';
import { type Overflow } from './overflow';

/** accepted = delivered + queued + sum(dropped), and no number below zero. */
function expectExact(log: Logger): void {
  for (const { accepted, delivered, queued, queuedBytes, dropped } of log.health()) {
    const lost = Object.values(dropped).reduce((sum, records) => sum + records, 0);
    expect({ accepted }).toEqual({ accepted: delivered + queued + lost });
    expect(Math.min(queued, queuedBytes, delivered)).toBeGreaterThanOrEqual(0);
    if (queued === 0) expect(queuedBytes).toBe(0);
  }
}

type Answer = 'delivered' | 'retry' | 'rejected' | 'throw' | 'partial' | 'nonsense';

class RandomTransport implements Transport {
  readonly #answers: readonly Answer[];
  readonly seen: number[] = [];
  #writes = 0;

  constructor(answers: readonly Answer[]) {
    this.#answers = answers;
  }

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    const answer = this.#answers[this.#writes++ % this.#answers.length] ?? 'delivered';
    if (this.#writes % 3 === 0) await nextTurn();
    const indexes = [...batch.keys()];
    switch (answer) {
      case 'delivered':
        this.seen.push(...batch.flatMap(({ record }) => record.seq ?? []));
        return { status: 'delivered' };
      case 'throw':
        throw new Error('threw');
      case 'nonsense':
        return { status: 'partial', delivered: [0, 0, 99, -1], retry: [0], rejected: [] };
      case 'partial':
        this.seen.push(...batch.filter((_, index) => index % 3 === 0).flatMap(({ record }) => record.seq ?? []));
        return {
          status: 'partial',
          delivered: indexes.filter((i) => i % 3 === 0),
          retry: indexes.filter((i) => i % 3 === 1),
          rejected: indexes.filter((i) => i % 3 === 2),
        };
      case 'retry':
        return { status: 'retry', afterMs: 0 };
      default:
        return { status: 'rejected', error: new Error('refused') };
    }
  }
}

describe('the books of a destination', () => {
  it('are exact at any time, under any operations and any answers', async () => {
    const operation = fc.constantFrom('info', 'error', 'burst', 'turn', 'flush', 'big');
    const answers = fc.array(
      fc.constantFrom<Answer>('delivered', 'retry', 'rejected', 'throw', 'partial', 'nonsense'),
      { minLength: 1, maxLength: 8 },
    );
    const policy = fc.constantFrom<Overflow>('drop_oldest', 'drop_newest', 'drop_below', 'block');
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 30 }), answers, policy, async (operations, given, overflow) => {
        const transport = new RandomTransport([...given, 'delivered']);
        const options = {
          queue: { maxRecords: 20, maxBytes: 20_000, overflow },
          batch: { maxRecords: 5, maxDelayMs: 0 },
        };
        const log = testLogger({
          destinations: [
            destinationOf(transport, {
              ...options,
              retry: { minDelayMs: 0, maxDelayMs: 0 },
              breaker: { failures: 3, cooldownMs: 0 },
            }),
          ],
        });
        failuresOf(log);
        for (const step of operations) {
          if (step === 'info') log.info('x');
          if (step === 'error') log.error('y');
          if (step === 'big') log.info('z'.repeat(7000));
          if (step === 'burst') for (let index = 0; index < 30; index++) log.info(`${index}`);
          if (step === 'turn') await nextTurn();
          if (step === 'flush') await log.flush({ timeoutMs: 5 });
          expectExact(log);
          if (overflow !== 'drop_below') expect(log.health()[0]!.queued).toBeLessThanOrEqual(20);
          expect(log.health()[0]!.queuedBytes).toBeLessThanOrEqual(20_000);
        }
        await log.close({ timeoutMs: 500 });
        expectExact(log);
        const ordered = !given.includes('nonsense') && !given.includes('partial');
        if (ordered) expect(transport.seen).toEqual([...transport.seen].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('announce in the destination itself, once it recovers, what it is missing', async () => {
    const transport = new HangingTransport();
    const log = testLogger({
      destinations: [destinationOf(transport, { queue: { maxRecords: 1000 }, batch: { maxDelayMs: 0 } })],
    });
    const failures = failuresOf(log);
    for (let index = 0; index < 2204; index++) log.info(`${index}`);
    expect(log.health()[0]).toMatchObject({ accepted: 2204, queued: 1000, dropped: { queue_full: 1204 } });
    await waitFor('the announcement', () => {
      transport.release();
      return transport.taken.some(({ record }) => record.message.includes('dropped'));
    });
    const notices = transport.taken
      .filter(({ record }) => record.message.includes('dropped'))
      .map(({ record }) => record);
    expect(notices).toMatchObject([{ message: '1,204 records dropped: queue full', level: 'warning', logger: 'test' }]);
    expect(notices[0]).not.toHaveProperty('seq');
    await log.close({ timeoutMs: 20 });
    expect(failures).toContainEqual(
      expect.objectContaining({
        kind: 'permanent',
        records: 1204,
        error: expect.objectContaining({ code: 'MXL_QUEUE_FULL' }),
      }),
    );
    expectExact(log);
  });

  it('announce each drop once, by reason, and leave the sequence of the other destinations alone', async () => {
    const failing = new FailingTransport({ status: 'rejected', error: new Error('no') });
    const log = testLogger({ destinations: [destinationOf(failing, { batch: { maxDelayMs: 0 } })] });
    failuresOf(log);
    log.info('1').info('2');
    await log.flush();
    failing.answer = undefined;
    log.info('3');
    await waitFor('the announcement', () => failing.delivered.length === 2);
    log.info('4');
    await log.flush();
    expect(failing.delivered.map(({ record }) => record.message)).toEqual(['3', '2 records dropped: rejected', '4']);
    expect(failing.delivered.map(({ record }) => record.seq)).toEqual([3, undefined, 4]);
    expect(new Set(failing.delivered.map(({ record }) => record.id)).size).toBe(3);
  });

  it('hold under drop_below what is severe, and let the rest go', async () => {
    const transport = new HangingTransport();
    const log = testLogger({
      destinations: [
        destinationOf(transport, { queue: { maxRecords: 100, overflow: 'drop_below' }, batch: { maxDelayMs: 60_000 } }),
      ],
    });
    failuresOf(log);
    for (let index = 0; index < 1000; index++) log[index % 10 === 0 ? 'error' : 'info'](`${index}`);
    const severe = Array.from({ length: 100 }, (_, index) => `${index * 10}`);
    void log.flush({ timeoutMs: 1 });
    await waitFor('the severe ones', () => {
      transport.release();
      return severe.every((message) => transport.taken.some(({ record }) => record.message === message));
    });
    expectExact(log);
  });
});
