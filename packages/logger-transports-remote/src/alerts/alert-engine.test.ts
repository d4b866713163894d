import { type Level, type LogRecord } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import { AlertEngine } from './alert-engine';
import { type AlertRule } from './alert-rule';
import { maskText } from './alert-text';
import { isQuiet, type QuietHours } from './quiet-hours';
import { SendPolicy } from './send-policy';

const NOON = Date.UTC(2026, 10, 21, 12, 0);
const MINUTE = 60_000;

/** An engine of one rule, and what it has said: `channel text`. */
function engineOf(rule: Partial<AlertRule>, quietHours?: QuietHours) {
  const engine = new AlertEngine({ rules: [{ name: 'r', to: ['a'], ...rule }], quietHours, startedMs: NOON });
  const said: string[] = [];
  const say = (messages: readonly { channel: string; text: string }[]): void => {
    said.push(...messages.map(({ channel, text }) => `${channel} ${text}`));
  };
  return {
    said,
    take: (record: Partial<LogRecord>, nowMs: number) => say(engine.take(testRecord({ level: 'error', ...record }), nowMs)), // prettier-ignore
    tick: (nowMs: number) => say(engine.tick(nowMs)),
  };
}

describe('the rules of alerts', () => {
  it('tell a problem once, then its number, and at last that it is over', () => {
    const { said, take, tick } = engineOf({ when: { minLevel: 'error' } });
    for (let index = 0; index < 214; index++) take({ message: 'order rejected' }, NOON + 3 * MINUTE + index);
    expect(said).toEqual(['a [r] ERROR order rejected']);
    tick(NOON + 12 * MINUTE);
    expect(said).toHaveLength(1);
    take({ message: 'order rejected' }, NOON + 13 * MINUTE - 1);
    tick(NOON + 13 * MINUTE);
    expect(said[1]).toBe('a [r] repeated: ERROR order rejected\n×215 since 12:03');
    tick(NOON + 23 * MINUTE);
    expect(said[2]).toBe('a [r] resolved: ERROR order rejected\n×215 since 12:03');
    tick(NOON + 60 * MINUTE);
    expect(said).toHaveLength(3);
  });

  it('keep problems apart by level, logger and message, or by the fields that are named', () => {
    const plain = engineOf({});
    for (const message of ['x', 'y', 'x']) plain.take({ message }, NOON);
    expect(plain.said).toHaveLength(2);
    const keyed = engineOf({ key: ['symbol'] });
    for (const symbol of ['BTC', 'ETH', 'BTC'])
      keyed.take({ message: `no ${Math.random()}`, fields: { symbol } }, NOON);
    expect(keyed.said).toHaveLength(2);
  });

  it.each<[string, Partial<AlertRule>['when'], Partial<LogRecord>, boolean]>([
    ['a level', { minLevel: 'error' }, { level: 'warning' }, false],
    ['a worse level', { minLevel: 'error' }, { level: 'critical' }, true],
    ['a category', { category: ['trade', 'audit'] }, { category: 'trade' }, true],
    ['another category', { category: 'trade' }, { category: 'general' }, false],
    ['a logger', { logger: 'bot' }, { logger: 'bot.orders' }, true],
    ['another logger', { logger: 'bot' }, { logger: 'bottle' }, false],
    ['a field', { match: { symbol: 'BTC', 'error.code': 'E1' } }, { fields: { symbol: 'BTC' }, error: { name: 'E', message: 'm', code: 'E1' } }, true],
    ['another field', { match: { symbol: 'BTC' } }, { fields: { symbol: 'ETH' } }, false],
  ])('are about records by %s', (_, when, record, told) => {
    const { said, take } = engineOf({ ...(when && { when }) });
    take(record, NOON);
    expect(said).toHaveLength(told ? 1 : 0);
  }); // prettier-ignore

  it('wait for so many records within a window', () => {
    const { said, take } = engineOf({ rate: { count: 3, windowMs: 1000 } });
    for (const at of [0, 500, 1600, 2000]) take({ message: `${at}` }, NOON + at);
    expect(said).toEqual([]);
    take({ message: 'last' }, NOON + 2400);
    expect(said).toEqual(['a [r] ERROR last']);
  });

  it('watch a bound: over it is told, back within it is resolved', () => {
    const { said, take } = engineOf({ threshold: { field: 'drawdown', above: 5 }, template: 'drawdown {drawdown} %' });
    take({ fields: { drawdown: 4 } }, NOON);
    take({ fields: { drawdown: '5.5' } }, NOON + 1);
    take({ fields: { drawdown: 6 } }, NOON + 2);
    take({ fields: { other: 1 } }, NOON + 3);
    take({ fields: { drawdown: 3 } }, NOON + 4);
    expect(said).toEqual(['a [r] drawdown 5.5 %', 'a [r] resolved: drawdown 5.5 %\n×2 since 12:00']);
  });

  it('miss a heartbeat, also one that never came', () => {
    const { said, take, tick } = engineOf({
      when: { match: { message: 'heartbeat' } },
      silence: { forMs: 5 * MINUTE },
    });
    tick(NOON + 4 * MINUTE);
    take({ message: 'heartbeat' }, NOON + 4 * MINUTE);
    take({ message: 'something else' }, NOON + 8 * MINUTE);
    tick(NOON + 8 * MINUTE);
    expect(said).toEqual([]);
    tick(NOON + 9 * MINUTE);
    tick(NOON + 10 * MINUTE);
    expect(said).toEqual(['a [r] nothing heard for 5 min']);
    take({ message: 'heartbeat' }, NOON + 11 * MINUTE);
    expect(said[1]).toBe('a [r] resolved: nothing heard for 5 min\nsince 12:09');
    tick(NOON + 17 * MINUTE);
    expect(said[2]).toBe('a [r] nothing heard for 6 min');
  });

  it('let quiet hours pass, tell then all together, and what is critical at once', () => {
    const night = { from: '22:00', to: '07:00', timeZone: 'UTC' };
    const { said, take, tick } = engineOf({ resolveAfterMs: Infinity }, night);
    for (let index = 0; index < 5; index++) take({ message: 'x' }, NOON + 11 * 60 * MINUTE);
    tick(NOON + 18 * 60 * MINUTE);
    expect(said).toEqual([]);
    take({ message: 'margin call', level: 'critical' }, NOON + 18 * 60 * MINUTE);
    expect(said).toEqual(['a [r] CRITICAL margin call']);
    tick(NOON + 19 * 60 * MINUTE);
    expect(said[1]).toBe('a [r] ERROR x\n×5 since 23:00');
  });

  it('keep what ended in quiet hours for the morning, too, and call on nobody for it', () => {
    const night = { from: '22:00', to: '07:00', timeZone: 'UTC' };
    const escalate = { afterMs: MINUTE, to: ['b'] };
    const bound = engineOf({ threshold: { field: 'd', above: 5 }, template: 'd {d}', escalate }, night);
    const hour = (at: number): number => NOON + at * 60 * MINUTE;
    for (const [index, d] of [6, 3, 7, 4].entries()) bound.take({ fields: { d } }, hour(11) + index);
    bound.tick(hour(18));
    expect(bound.said).toEqual([]);
    bound.tick(hour(19));
    expect(bound.said).toEqual(['a [r] d 6\n×2 since 23:00', 'a [r] resolved: d 6\n×2 since 23:00']);

    const told = engineOf({ threshold: { field: 'd', above: 5 }, template: 'd {d}' }, night);
    told.take({ fields: { d: 6 } }, hour(9));
    told.take({ fields: { d: 1 } }, hour(11));
    expect(told.said).toHaveLength(1);
    told.tick(hour(19));
    expect(told.said[1]).toBe('a [r] resolved: d 6\nsince 21:00');

    const heart = engineOf({ silence: { forMs: 5 * MINUTE } }, night);
    heart.tick(hour(11));
    heart.take({}, hour(12));
    heart.tick(hour(13));
    heart.take({}, hour(14));
    heart.take({}, hour(19) - 1);
    heart.tick(hour(19));
    expect(heart.said).toEqual([
      'a [r] nothing heard for 660 min\n×2 since 23:00',
      'a [r] resolved: nothing heard for 660 min\n×2 since 23:00',
    ]);
  });

  it('name those who are told in the place of a channel that fails, but for those who are told themselves', () => {
    const rule = { name: 'r', to: ['a'], escalate: { afterMs: MINUTE, to: ['b', 'c'] }, resolveAfterMs: 5 * MINUTE };
    const engine = new AlertEngine({ rules: [rule], startedMs: NOON });
    const [first] = engine.take(testRecord({ level: 'error' }), NOON);
    expect(first?.otherwise).toEqual(['b', 'c']);
    engine.tick(NOON + MINUTE);
    const ends = engine.tick(NOON + 5 * MINUTE);
    expect(ends.map(({ channel, otherwise }) => [channel, otherwise])).toEqual([['a', []], ['b', []], ['c', []]]); // prettier-ignore
  });

  it('tell at once that a problem has become worse, also in quiet hours', () => {
    const night = { from: '22:00', to: '07:00', timeZone: 'UTC' };
    const at = NOON + 11 * 60 * MINUTE;
    const { said, take } = engineOf({ key: ['symbol'] }, night);
    take({ level: 'warning', message: 'margin low' }, at);
    take({ level: 'critical', message: 'margin call' }, at + 1);
    expect(said).toEqual(['a [r] CRITICAL margin call\n×2 since 23:00']);
    take({ level: 'critical', message: 'margin call' }, at + 2);
    expect(said).toHaveLength(1);

    const day = engineOf({ key: ['symbol'] });
    day.take({ level: 'warning', message: 'margin low' }, NOON);
    day.take({ level: 'critical', message: 'margin call' }, NOON + 1);
    day.take({ level: 'error', message: 'margin' }, NOON + 2);
    expect(day.said).toEqual(['a [r] WARNING margin low', 'a [r] repeated: CRITICAL margin call\n×2 since 12:00']);
  });

  it('call on others when it goes on, and tell all of them when it is over', () => {
    const { said, take, tick } = engineOf({ escalate: { afterMs: 15 * MINUTE, to: ['b'] }, repeatMs: Infinity });
    for (let minute = 0; minute <= 16; minute += 4) take({ message: 'x' }, NOON + minute * MINUTE);
    tick(NOON + 15 * MINUTE);
    tick(NOON + 16 * MINUTE);
    expect(said).toEqual(['a [r] ERROR x', 'b [r] escalated: ERROR x\n×5 since 12:00']);
    tick(NOON + 27 * MINUTE);
    expect(said.slice(2).map((text) => text.slice(0, 14))).toEqual(['a [r] resolved', 'b [r] resolved']);
  });

  it('say what a trade was', () => {
    const { said, take } = engineOf({});
    take({ level: 'trade', message: 'order filled', fields: { symbol: 'BTCUSDT', side: 'BUY', price: '64123.5', note: 'x' } }, NOON); // prettier-ignore
    expect(said).toEqual(['a [r] TRADE order filled\nsymbol BTCUSDT, side BUY, price 64123.5']);
  });

  it('bound what they remember: thousands of problems of a rule become one more', () => {
    const { said, take } = engineOf({});
    for (let index = 0; index < 5000; index++) take({ message: `${index}` }, NOON);
    expect(said).toHaveLength(1001);
  });
});

describe('what leaves the machine', () => {
  it('has its secrets masked once more, wherever they stand', () => {
    const { said, take } = engineOf({ template: '{apiKey} {user.password} {message}' });
    take({ message: 'token=abcdefghijkl', fields: { apiKey: 'abcdefghijkl', user: { password: 'hunter2' } } }, NOON);
    expect(said).toEqual(['a [r] ***ijkl *** token=abcdefghijkl']);
    expect(maskText('token=abcdefghijkl {"apiSecret": "mnopqrstuvwx"} Authorization: Bearer abc.def-ghi price=5')).toBe(
      'token=***ijkl {"apiSecret": "***uvwx"} Authorization: *** *** price=5',
    );
    expect(maskText('at /bot110:AAE/sendMessage', ['110:AAE'])).toBe('at /bot***/sendMessage');
    expect(maskText('x'.repeat(5000))).toHaveLength(1500);
  });
});

describe('quiet hours', () => {
  it.each<[string, Level, boolean]>([
    ['21:59', 'error', false],
    ['22:00', 'error', true],
    ['06:59', 'error', true],
    ['07:00', 'error', false],
    ['23:00', 'critical', false],
  ])('at %s for %s: %s', (time, level, quiet) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    // Berlin is an hour ahead in November.
    const atMs = Date.UTC(2026, 10, 21, hours - 1, minutes);
    expect(isQuiet({ from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }, level, atMs)).toBe(quiet);
  });
});

describe('the pace of a channel', () => {
  it('keeps its distance, its number a minute, and whatever it was asked to wait', () => {
    const policy = new SendPolicy({ perMinute: 3, minIntervalMs: 1000 });
    expect(policy.waitMs(0)).toBe(0);
    policy.tries(0);
    expect(policy.waitMs(200)).toBe(800);
    policy.tries(1000);
    policy.tries(2000);
    expect(policy.waitMs(4000)).toBe(56_000);
    policy.failed(4000, 90_000, 0.5);
    expect(policy.waitMs(4000)).toBe(90_000);
    policy.succeeded();
    expect(policy.waitMs(61_000)).toBe(0);
    policy.failed(61_000, undefined, 0);
    expect(policy.waitMs(61_000)).toBe(500);
    policy.failed(61_000, undefined, 0);
    expect(policy.waitMs(61_000)).toBe(1000);
  });
});
