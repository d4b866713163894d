import { ConfigError, createLogger, type DestinationOptions, type Logger } from '@metaexpert/logger-core';
import { destinationOf, FailingTransport, HangingTransport, waitFor } from '@metaexpert/logger-core/testing';
import fc from 'fast-check';
import { FailoverPolicy } from './failover-policy';
import { failover, failoverPlugin, fanOut } from './groups';
import { decide, type Fate } from './quorum';

const quick = {
  batch: { maxDelayMs: 1 },
  retry: { minDelayMs: 5, maxDelayMs: 20 },
  breaker: { failures: 1000, cooldownMs: 1 },
};
const DOWN = { status: 'retry', error: new Error('down') } as const;

const opened: Logger[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close({ timeoutMs: 50 })));
});

function loggerOf(destination: DestinationOptions) {
  const log = createLogger({ sources: false, exitHooks: false, destinations: [destination] });
  const failures: string[] = [];
  log.on('failure', ({ error, records }) => failures.push(`${records} ${error.message}`));
  opened.push(log);
  return { log, failures, health: () => log.health()[0]! };
}

function messages(transport: FailingTransport): string[] {
  return transport.delivered.map(({ record }) => record.message);
}

describe('failover', () => {
  it('uses the first that takes the records, and goes back to the first of all when it has recovered', async () => {
    const [a, b] = [new FailingTransport(), new FailingTransport()];
    const { log, health } = loggerOf(failover([destinationOf(a), destinationOf(b)], { ...quick, recheckMs: 50 }));
    log.info('1');
    await waitFor('the first', () => a.delivered.length === 1, 20_000);
    a.answer = DOWN;
    log.info('2');
    await waitFor('the second', () => b.delivered.length === 1, 20_000);
    a.answer = undefined;
    let number = 2;
    await waitFor('the return', () => {
      log.info(`${++number}`);
      return a.delivered.length > 1;
    }, 20_000); // prettier-ignore
    await log.flush();
    expect([...messages(a), ...messages(b)].length).toBe(number);
    expect(health()).toMatchObject({ accepted: number, delivered: number, retries: 0, state: 'active' });
  });

  it('tells of a member that does not take its records, though another does', async () => {
    const [a, b] = [new FailingTransport(DOWN), new FailingTransport()];
    const members = [destinationOf(a, { name: 'primary' }), destinationOf(b, { name: 'standby' })];
    const { log, failures, health } = loggerOf(failover(members, quick));
    log.info('1');
    await waitFor('the report', () => failures.length > 0, 20_000);
    expect(failures).toEqual(['0 primary: down']);
    expect(health()).toMatchObject({ delivered: 1, retries: 0 });
  });

  it('passes over one that hangs or throws', async () => {
    const [a, b, c] = [new HangingTransport(), new FailingTransport(new Error('thrown')), new FailingTransport()];
    const { log } = loggerOf(failover([a, b, c].map((one) => destinationOf(one)), { ...quick, memberTimeoutMs: 30 })); // prettier-ignore
    log.info('1');
    await waitFor('the third', () => c.delivered.length === 1, 20_000);
    expect(a.aborted).toBe(1);
  });

  it('keeps the records when all are down, and delivers them in order to whom recovers', async () => {
    const [a, b] = [new FailingTransport(DOWN), new FailingTransport(DOWN)];
    const { log, health } = loggerOf(failover([destinationOf(a), destinationOf(b)], { ...quick, recheckMs: 10 }));
    for (let index = 0; index < 20; index++) log.info(`${index}`);
    await waitFor('tries', () => a.writes > 2 && b.writes > 2, 20_000);
    expect(health()).toMatchObject({ queued: 20, delivered: 0 });
    b.answer = undefined;
    await waitFor('delivery', () => health().queued === 0, 20_000);
    expect(messages(b)).toEqual(Array.from({ length: 20 }, (_, index) => `${index}`));
    expect(a.delivered).toEqual([]);
  });

  it('finds its members in plain configuration, and checks them', () => {
    const make = (destinations: object[]) => () => createLogger({ sources: false, exitHooks: false, plugins: [failoverPlugin], destinations: [{ type: 'failover', destinations }] }); // prettier-ignore
    expect(make([{ type: 'console', stream: 'nowhere' }, { type: 'nothing' }])).toThrow(ConfigError);
    expect(make([{ type: 'console', stream: 'nowhere' }])).toThrow(/destinations\[0\]\.destinations\[0\]\.stream/);
    expect(make([])).toThrow(/destinations/);
    expect(make([{ type: 'console' }])).not.toThrow();
  });

  it('tries those that rest only when nobody is well, and then the one that has rested longest', () => {
    const policy = new FailoverPolicy(3, 100);
    expect(policy.order(0)).toEqual([0, 1, 2]);
    policy.failed(0, 0, undefined);
    expect(policy.order(50)).toEqual([1, 2]);
    policy.failed(1, 50, 500);
    policy.failed(2, 60, undefined);
    expect(policy.order(70)).toEqual([0]);
    expect(policy.order(100)).toEqual([0]);
    policy.succeeded(1);
    expect(policy.order(100)).toEqual([0, 1]);
  });
});

describe('fanOut', () => {
  it('delivers when a quorum has the records, and says who misses them', async () => {
    const [a, b, c] = [new FailingTransport(), new FailingTransport(), new FailingTransport(DOWN)];
    const destinations = [destinationOf(a), destinationOf(b), destinationOf(c, { name: 'lame' })];
    const { log, failures, health } = loggerOf(fanOut({ ...quick, destinations, quorum: 2 }));
    log.info('1');
    await waitFor('delivery', () => health().delivered === 1, 20_000);
    expect([messages(a), messages(b), messages(c)]).toEqual([['1'], ['1'], []]);
    expect(failures).toEqual(['1 lame does not have these records']);
  });

  it('tries again until a quorum has them, and gives nobody a record twice', async () => {
    const [a, b, c] = [new FailingTransport(), new FailingTransport(DOWN), new FailingTransport(DOWN)];
    const { log, health } = loggerOf(fanOut({ ...quick, destinations: [a, b, c].map((one) => destinationOf(one)) }));
    log.info('1');
    await waitFor('tries', () => b.writes > 3, 20_000);
    expect(health()).toMatchObject({ queued: 1, delivered: 0 });
    c.answer = undefined;
    await waitFor('delivery', () => health().delivered === 1, 20_000);
    expect([messages(a), messages(b), messages(c)]).toEqual([['1'], [], ['1']]);
  });

  it('decides for each record by itself', () => {
    const fate = fc.constantFrom<Fate>('delivered', 'rejected', undefined);
    const rows = fc.array(fc.array(fate, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 3 }), (fates, quorum) => {
        const result = decide(fates, quorum, new Error('x'));
        const of = (status: 'delivered' | 'retry' | 'rejected'): readonly number[] =>
          result.status === 'partial' ? result[status] : result.status === status ? [...fates.keys()] : [];
        for (const [index, members] of fates.entries()) {
          const has = members.filter((one) => one === 'delivered').length;
          expect(of('delivered').includes(index)).toBe(has >= quorum);
          expect([...of('delivered'), ...of('retry'), ...of('rejected')].filter((one) => one === index)).toHaveLength(
            1,
          );
        }
      }),
    );
  });
});

it('fanOut refuses a quorum that it can never have', () => {
  const one = destinationOf(new HangingTransport());
  expect(() => loggerOf(fanOut({ destinations: [one, one], quorum: 3 }))).toThrow('quorum: 3 is more than the 2');
});
