import fc from 'fast-check';
import { Attempts } from './attempts';
import { backoffMs } from './backoff';
import { Breaker } from './breaker';
import { RateLimit } from './rate-limit';

const retry = { minDelayMs: 100, maxDelayMs: 30_000, maxElapsedMs: Infinity };
const breaker = { failures: 5, cooldownMs: 10_000 };

describe('backoff', () => {
  it('doubles from the least to the most, and keeps at least half of it', () => {
    const least = [1, 2, 3, 4, 9, 10, 99].map((attempt) => backoffMs(attempt, retry, 0));
    expect(least).toEqual([50, 100, 200, 400, 12_800, 15_000, 15_000]);
    expect(backoffMs(3, retry, 0.999)).toBeCloseTo(400, 0);
  });

  it('stays within its bounds for any attempt and any chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const delay = backoffMs(attempt, retry, random);
          return delay >= retry.minDelayMs / 2 && delay <= retry.maxDelayMs;
        },
      ),
    );
  });
});

describe('the breaker', () => {
  it('opens after so many failures in a row, lets one try after the cooldown, and closes on success', () => {
    const one = new Breaker(breaker);
    for (let failure = 1; failure <= 4; failure++) one.fail(0);
    expect([one.open, one.waitMs(0)]).toEqual([false, 0]);
    one.fail(1000);
    expect([one.open, one.waitMs(1000), one.waitMs(10_999), one.waitMs(11_000)]).toEqual([true, 10_000, 1, 0]);
    one.fail(11_000);
    expect(one.waitMs(11_000)).toBe(10_000);
    one.succeed();
    expect([one.open, one.waitMs(11_001)]).toEqual([false, 0]);
  });

  it('begins to count anew after a success', () => {
    const one = new Breaker(breaker);
    for (let failure = 1; failure <= 4; failure++) one.fail(0);
    one.succeed();
    for (let failure = 1; failure <= 4; failure++) one.fail(0);
    expect(one.open).toBe(false);
  });
});

describe('the rate limit', () => {
  it('lets a burst go, then so many a second, and saves no more than a burst', () => {
    const limit = new RateLimit({ perSecond: 10, burst: 5 }, 0);
    expect(limit.available(0)).toBe(5);
    limit.spend(5);
    expect([limit.available(0), limit.waitMs()]).toEqual([0, 100]);
    expect(limit.available(100)).toBe(1);
    expect(limit.available(60_000)).toBe(5);
  });

  it('never lets more go in a time than the burst and the rate allow', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 100 }), fc.integer({ min: 1, max: 100 }), (gaps, perSecond) => {
        const limit = new RateLimit({ perSecond, burst: 7 }, 0);
        let now = 0;
        let gone = 0;
        for (const gap of gaps) {
          now += gap;
          const records = limit.available(now);
          limit.spend(records);
          gone += records;
        }
        return gone <= 7 + (now / 1000) * perSecond + 1e-6;
      }),
    );
  });
});

describe('the state of a destination', () => {
  it('goes from active over degraded to failed, recovering when it may try again, and back to active', () => {
    const attempts = new Attempts({ retry, breaker, rateLimit: undefined }, 0);
    const states = [attempts.state(0)];
    for (let failure = 1; failure <= 5; failure++) {
      attempts.failed(0, undefined, 0);
      states.push(attempts.state(0));
    }
    states.push(attempts.state(20_000));
    attempts.succeeded();
    states.push(attempts.state(20_000));
    expect(states).toEqual([
      'active',
      'degraded',
      'degraded',
      'degraded',
      'degraded',
      'failed',
      'recovering',
      'active',
    ]);
  });

  it('waits as long as the destination asked, else for the backoff, and not at all when hurried', () => {
    const attempts = new Attempts({ retry, breaker, rateLimit: undefined }, 0);
    attempts.failed(0, undefined, 0);
    expect(attempts.waitMs(0)).toBe(50);
    attempts.failed(0, 5000, 0);
    expect(attempts.waitMs(0)).toBe(5000);
    attempts.hurry(10);
    expect(attempts.waitMs(10)).toBe(0);
  });

  it('is hurried through an open breaker too', () => {
    const attempts = new Attempts({ retry, breaker, rateLimit: undefined }, 0);
    for (let failure = 1; failure <= 5; failure++) attempts.failed(0, 0, 0);
    expect(attempts.waitMs(0)).toBe(10_000);
    attempts.hurry(1);
    expect(attempts.waitMs(1)).toBe(0);
  });

  it('gives a batch up after maxElapsedMs of failing, and gives the next one as much', () => {
    const attempts = new Attempts({ retry: { ...retry, maxElapsedMs: 1000 }, breaker, rateLimit: undefined }, 0);
    attempts.failed(0, undefined, 0);
    expect([
      attempts.exhausted(999),
      attempts.exhausted(1000),
      attempts.exhausted(1500),
      attempts.exhausted(2000),
    ]).toEqual([false, true, false, true]);
  });
});
