import { createLogger } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf, ManualClock } from '@metaexpert/logger-core/testing';
import { type Compliance, createCompliance, type Violation } from './compliance';
import { type ComplianceOptions } from './compliance-options';
import { createEventIds } from './event-ids';
import { EVENT_KINDS, type EventKind } from './event-kinds';
import { EventWindow } from './event-window';
import { cancelStorm, orderToTradeRatio, priceFarFromMarket, selfMatch } from './example-checks';
import { isDecimal, isDti, isLei, isUtcTime } from './identifiers';
import { validateEvent } from './validate-event';

function collecting(options: ComplianceOptions = {}) {
  const collected = new CollectingTransport();
  const log = createLogger({ sources: false, exitHooks: false, destinations: [destinationOf(collected)] });
  const compliance = createCompliance(log, options);
  const violations: Violation[] = [];
  compliance.onViolation((violation) => violations.push(violation));
  const records = async () => {
    await log.flush();
    return collected.payloads.map((line) => JSON.parse(line));
  };
  return { log, compliance, violations, records };
}

const FILL = { orderId: 'A1', symbol: 'BTCUSDT', side: 'BUY', price: '64123.5', quantity: '0.015' } as const;

describe('events', () => {
  it('are records of their own kind, version and id', async () => {
    const { compliance, records } = collecting();
    const { id, issues } = compliance.event('order.filled', {
      ...FILL,
      fee: '-0.01',
      rts24: { tradingCapacity: 'DEAL' },
    });
    compliance.event('login', { user: 'ops', success: false });
    expect(issues).toEqual([]);
    expect(await records()).toMatchObject([
      { level: 'trade', category: 'trade', message: 'order.filled', event: 'order.filled', eventVersion: 1, eventId: id, ...FILL },
      { level: 'info', category: 'audit', event: 'login', user: 'ops', success: false },
    ]); // prettier-ignore
  });

  it('are typed at compile time', () => {
    const typed = (compliance: Compliance): void => {
      // @ts-expect-error -- the price of a fill is due
      compliance.event('order.filled', { orderId: 'A1', symbol: 'BTCUSDT', side: 'BUY', quantity: '1' });
      // @ts-expect-error -- money is text
      compliance.event('order.filled', { ...FILL, price: 64123.5 });
      // @ts-expect-error -- one of two words
      compliance.event('order.filled', { ...FILL, side: 'LONG' });
      // @ts-expect-error -- no such field
      compliance.event('order.filled', { ...FILL, prize: '1' });
      // @ts-expect-error -- no such event
      compliance.event('order.fulfilled', FILL);
      // @ts-expect-error -- one of the standard's words
      compliance.event('order.filled', { ...FILL, rts24: { tradingCapacity: 'OWN' } });
    };
    expect(typeof typed).toBe('function');
  });

  it('say of each mistake which field, what was found and what is allowed', () => {
    const { price, ...rest } = FILL;
    const wrong = {
      ...rest, quantity: '-1', side: 'LONG', fee: 0.1, prize: 1,
      rts24: { identificationOfSubmittingEntity: '529900T8BM49AURSDO56', digitalTokenIdentifier: 'X9J9K872T', limitPrice: '1e5' },
    }; // prettier-ignore
    expect(validateEvent('order.filled', wrong).map(({ field, message }) => `${field}: ${message}`).sort()).toEqual([
      'fee: 0.1 is not of type string',
      'price: is missing',
      'prize: is not known; put it into details',
      "quantity: '-1' is not zero or more",
      "rts24.digitalTokenIdentifier: 'X9J9K872T' is not a digital token identifier with the right check character (ISO 24165)",
      "rts24.identificationOfSubmittingEntity: '529900T8BM49AURSDO56' is not a legal entity identifier with the right check digits (ISO 17442)",
      "rts24.limitPrice: '1e5' is not a decimal number as text, such as '0.015'",
      "side: 'LONG' is not one of BUY, SELL",
    ]); // prettier-ignore
  });

  it('that are invalid are flagged, or rejected, or thrown, and never silent', async () => {
    const { compliance, records, violations } = collecting();
    const invalid = { ...FILL, price: 'cheap' };
    compliance.event('order.filled', invalid);
    compliance.onInvalid = 'reject';
    compliance.event('order.filled', invalid);
    compliance.onInvalid = 'throw';
    const because = `invalid event order.filled: price: 'cheap' is not a decimal number as text, such as '0.015'`;
    expect(() => compliance.event('order.filled', invalid)).toThrow(
      expect.objectContaining({ code: 'MXL_EVENT_INVALID', message: because }),
    );
    expect(() => compliance.event('nothing' as never, {} as never)).toThrow("'nothing' is not one of signal");
    const [flagged, rejected, , unknown] = await records();
    expect(unknown).toMatchObject({ level: 'warning', category: 'audit', event: 'nothing', eventVersion: 0 });
    expect(flagged).toMatchObject({
      level: 'warning',
      category: 'trade',
      event: 'order.filled',
      eventVersion: 1,
      price: 'cheap',
      invalid: [expect.any(String)],
    });
    expect(rejected).toMatchObject({ level: 'warning', event: 'order.filled', invalid: [expect.any(String)] });
    expect(rejected).not.toHaveProperty('price');
    expect(violations.slice(0, 3).map(({ rule, reason }) => [rule, reason])).toEqual(
      Array(3).fill(['schema', because]),
    );
  });

  it('that cannot be read, or have no kind, do not throw at the trading loop', async () => {
    const { compliance, records } = collecting();
    const getter = { ...FILL, get price(): string { throw new Error('no price yet'); } }; // prettier-ignore
    const proxy = new Proxy({}, { ownKeys: () => { throw new Error('no keys'); }, get: () => { throw new Error('no get'); } }); // prettier-ignore
    const reasons = [getter, proxy as typeof FILL, null as never, undefined as never].map(
      (fields) => compliance.event('order.filled', fields).issues[0],
    );
    expect(reasons).toEqual([
      { field: 'fields', message: 'cannot be read: no price yet' },
      { field: 'fields', message: 'cannot be read: no get' },
      { field: 'fields', message: 'null is not of type object' },
      { field: 'fields', message: 'undefined is not of type object' },
    ]);
    expect(compliance.event(Symbol('x') as never, {} as never).issues).toHaveLength(1);
    expect((await records()).map(({ level }) => level)).toEqual(Array(5).fill('warning'));
  });

  it('are corrected by a new record that names the old one', async () => {
    const { compliance, records } = collecting();
    const { id } = compliance.event('order.filled', FILL);
    compliance.correct(id, 'order.filled', { ...FILL, price: '64123.6', reason: 'price restated by the venue' });
    const [first, second] = await records();
    expect(first).toMatchObject({ eventId: id, price: '64123.5' });
    expect(second).toMatchObject({ corrects: id, price: '64123.6', reason: 'price restated by the venue' });
    expect(second.eventId).not.toBe(id);
    for (const nothing of [undefined, '', 5] as string[])
      expect(compliance.correct(nothing, 'order.filled', FILL).issues).toMatchObject([{ field: 'corrects' }]);
  });

  it('have a schema that ajv compiles strictly for every kind', () => {
    for (const kind of Object.keys(EVENT_KINDS) as EventKind[]) {
      expect(validateEvent(kind, { nonsense: 1 }).map(({ field }) => field)).toContain('nonsense');
    }
  });
});

describe('options', () => {
  it('that are wrong are loud at the start', () => {
    const { log } = collecting();
    expect(() => createCompliance(log, { onInvalid: 'explode' as never, onInvlaid: 'throw' } as never)).toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(/onInvlaid[^]*explode/) }),
    );
    expect(() => createCompliance(log, { onInvlaid: 'throw' } as never)).toThrow("did you mean 'onInvalid'?");
  });
});

describe('ids of events', () => {
  it('sort by the start of their instance, and are unique over instances', () => {
    const [first, second] = [createEventIds(1000), createEventIds(1000)];
    const [one, two] = [first(), first()];
    expect(new Set([one, two, second()]).size).toBe(3);
    expect(createEventIds(1001)() > two).toBe(true);
    expect(one).toMatch(/^0000000003e8[0-9a-f]{12}-1$/);
  });
});

describe('hooks', () => {
  it('hear of events and violations until they are taken away; what they throw stays with them', async () => {
    const { compliance, records } = collecting();
    const heard: string[] = [];
    const stop = compliance.onEvent(({ kind }) => heard.push(kind));
    compliance.onEvent(() => {
      throw new Error('listener');
    });
    compliance.event('logging.started', {});
    stop();
    expect(() => compliance.event('logging.stopped', {})).not.toThrow();
    expect(heard).toEqual(['logging.started']);
    expect((await records()).filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it('add, change and remove rules while running; a rule that throws is a violation', async () => {
    const { compliance, violations, records } = collecting();
    const remove = compliance.check('size', ({ fields }) => ('quantity' in fields ? { reason: 'first' } : undefined));
    const { id } = compliance.event('order.filled', FILL);
    compliance.check('size', () => {
      throw new Error('no limits loaded');
    });
    compliance.event('order.filled', FILL);
    remove();
    expect(compliance.checks).toEqual(['size']);
    expect(compliance.removeCheck('size')).toBe(true);
    compliance.event('order.filled', FILL);
    expect(violations.map(({ reason }) => reason)).toEqual(['first', 'the check failed: no limits loaded']);
    expect((await records())[1]).toMatchObject({ event: 'risk.violation', rule: 'size', ofEvent: id, orderId: 'A1', level: 'warning' }); // prettier-ignore
  });
});

describe('a rule', () => {
  it('that answers something else, or later, is a violation and not a crash', async () => {
    const { compliance, violations } = collecting();
    const answers = ['bad', null, 1, Promise.reject(new Error('too late'))];
    compliance.check('odd', () => answers.shift() as never);
    for (let left = answers.length; left > 0; left--) compliance.event('logging.started', {});
    await new Promise(setImmediate);
    const because = 'the check failed: it answered neither undefined nor { reason }, at the call';
    expect(violations.map(({ reason }) => reason)).toEqual(Array(4).fill(because));
  });
});

describe('the example checks', () => {
  it('take a correction for the event that it corrects, not for one more', () => {
    const { compliance, violations } = collecting({ clock: new ManualClock(0) });
    compliance.check('self', selfMatch());
    compliance.check('storm', cancelStorm({ max: 1 }));
    compliance.check('ratio', orderToTradeRatio({ max: 1, minOrders: 2 }));
    const { id } = compliance.event('order.filled', FILL);
    compliance.correct(id, 'order.filled', { ...FILL, side: 'SELL' });
    compliance.event('order.filled', { ...FILL, side: 'SELL', orderId: 'A2' });
    const cancelled = compliance.event('order.cancelled', { orderId: 'A3', symbol: 'X' });
    compliance.correct(cancelled.id, 'order.cancelled', { orderId: 'A3', symbol: 'X', reason: 'by the venue' });
    const submitted = compliance.event('order.submitted', { ...FILL, symbol: 'Y' });
    compliance.correct(submitted.id, 'order.submitted', { ...FILL, symbol: 'Y', price: '1' });
    expect(violations).toEqual([]);
    compliance.event('order.filled', { ...FILL, orderId: 'A4' });
    expect(violations.map(({ reason }) => reason)).toEqual(['A4 and A1 bought and sold BTCUSDT at 64123.5']);
  });

  it.each([
    ['cancelStorm.max', () => cancelStorm({} as never), 'is missing: it is a number, zero or above'],
    ['cancelStorm.max', () => cancelStorm({ max: NaN }), 'NaN is not a number, zero or above'],
    ['cancelStorm.windowsMs', () => cancelStorm({ max: 1, windowsMs: 5 } as never), "is not known (did you mean 'windowMs'?)"],
    ['selfMatch.windowMs', () => selfMatch({ windowMs: 0 }), '0 is not a number of milliseconds above zero'],
    ['orderToTradeRatio.minOrders', () => orderToTradeRatio({ max: 1, minOrders: '3' as never }), "'3' is not a number, zero or above"],
    ['priceFarFromMarket.marketPrice', () => priceFarFromMarket({ maxDeviation: 1 } as never), 'is missing: it is a function'],
  ])('refuse options by which they would find everything or nothing: %s', (path, make, message) => {
    expect(make).toThrow(expect.objectContaining({ issues: [{ path, message }] }));
  }); // prettier-ignore

  it('forget what is older than the window, and the oldest of too many', () => {
    const window = new EventWindow<number>(100, 150);
    for (let time = 0; time < 1000; time++) {
      window.add('X', time, time);
      expect(window.count('X', time)).toBe(Math.min(time + 1, 100));
    }
    expect(window.values('X', 1000)).toEqual(Array.from({ length: 99 }, (_, index) => 901 + index));
    for (let index = 0; index < 200; index++) window.add('X', 1000, index);
    expect(window.values('X', 1000)).toEqual(Array.from({ length: 150 }, (_, index) => 50 + index));
    expect(window.count('X', 1100)).toBe(0);
    expect(window.count('Y', 0)).toBe(0);
  });

  it('find a trade with oneself at one price within the window', () => {
    const clock = new ManualClock(0);
    const { compliance, violations } = collecting({ clock });
    compliance.check('self', selfMatch({ windowMs: 1000 }));
    compliance.event('order.filled', FILL);
    compliance.event('order.filled', { ...FILL, side: 'SELL', price: '64124' });
    compliance.event('order.filled', { ...FILL, side: 'SELL', symbol: 'ETHUSDT' });
    expect(violations).toEqual([]);
    compliance.event('order.filled', { ...FILL, side: 'SELL', orderId: 'A2', price: '64123.50' });
    expect(violations.map(({ reason }) => reason)).toEqual(['A2 and A1 bought and sold BTCUSDT at 64123.50']);
    clock.advance(1000);
    compliance.event('order.filled', FILL);
    expect(violations).toHaveLength(1);
  });

  it('count orders to trades, cancels, and the distance from the market', () => {
    const clock = new ManualClock(0);
    const { compliance, violations } = collecting({ clock });
    let market: number | undefined;
    compliance.check('ratio', orderToTradeRatio({ max: 2, minOrders: 3 }));
    compliance.check('storm', cancelStorm({ max: 2, windowMs: 100 }));
    compliance.check('far', priceFarFromMarket({ maxDeviation: 0.1, marketPrice: () => market }));
    const order = { orderId: 'A1', symbol: 'X', side: 'BUY', quantity: '1', price: '100' } as const;
    compliance.event('order.submitted', order);
    compliance.event('order.filled', order);
    market = 110;
    compliance.event('order.submitted', order);
    expect(violations).toEqual([]);
    market = 112;
    compliance.event('order.submitted', order);
    for (let index = 0; index < 3; index++) compliance.event('order.cancelled', { orderId: 'A1', symbol: 'X' });
    clock.advance(100);
    compliance.event('order.cancelled', { orderId: 'A1', symbol: 'X' });
    expect(violations.map(({ rule, finding }) => [rule, finding?.actual])).toEqual([
      ['ratio', '3 to 1'],
      ['far', '0.1071'],
      ['storm', '3'],
    ]);
  });
});

describe('identifiers', () => {
  it('are what their check digits say', () => {
    for (const lei of ['529900T8BM49AURSDO55', '5493001KJTIIGC8Y1R12']) expect(isLei(lei)).toBe(true);
    for (const lei of ['529900T8BM49AURSDO56', '529900t8bm49aursdo55', '']) expect(isLei(lei)).toBe(false);
    for (const dti of ['X9J9K872S', 'V15WLZJMF', '4H95J0R2X']) expect(isDti(dti)).toBe(true);
    for (const dti of ['X9J9K872T', 'X9J9K827S', 'A9J9K872S', 'X9J9K872', '']) expect(isDti(dti)).toBe(false);
  });

  it('and times are of days that there are', () => {
    const good = ['2024-02-29T23:59:59Z', '2026-11-21T08:00:00.123456Z', '0000-02-29T00:00:00Z', '2000-02-29T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '2026-04-30T09:09:09.1Z']; // prettier-ignore
    for (const text of good) expect(isUtcTime(text)).toBe(true);
    const days = ['2026-02-29', '2026-02-30', '1900-02-29', '0001-02-29', '2026-04-31', '2026-01-32', '2026-01-00', '2026-00-10', '2026-13-10', '26-01-01', ' 2026-01-01']; // prettier-ignore
    const times = ['24:00:00Z', '23:60:00Z', '23:59:60Z', '00:00:00', '00:00:00+00:00', '00:00Z', '00:00:00.Z', '00:00:00.1234567890Z', '00:00:00,5Z', '00:00:00z', '00:00:00Z ']; // prettier-ignore
    for (const text of [...days.map((day) => `${day}T00:00:00Z`), ...times.map((time) => `2026-01-01T${time}`)])
      expect([text, isUtcTime(text)]).toEqual([text, false]);
  });

  it('and decimals are exact, in one form', () => {
    for (const text of ['0', '-0.5', '64123.50', '123456789012345678901234567890.1'])
      expect(isDecimal(text)).toBe(true);
    for (const text of ['', '.5', '1.', '01', '1e5', '+1', '1,5', 'NaN', '0x1', ' 1'])
      expect(isDecimal(text)).toBe(false);
  });
});
