import { createLogger } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf } from '@metaexpert/logger-core/testing';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { createCompliance } from './compliance';
import { EVENT_FORMATS } from './event-formats';
import { EventForms } from './event-forms';
import { explainError } from './event-issue';
import { EVENT_KINDS, type EventKind } from './event-kinds';
import { EventSchema } from './event-schema';
import { validateEvent } from './validate-event';

const FILL = { orderId: 'A1', symbol: 'BTCUSDT', side: 'BUY', price: '64123.5', quantity: '0.015' } as const;
const HEAD = { id: 'id-1', corrects: undefined, symbols: false };
const ABOUT = { event: 'order.filled', eventVersion: 1, eventId: 'id-1' };

let schema: EventSchema;

beforeEach(() => {
  // One that has seen no forms yet.
  schema = new EventSchema('order.filled');
});

function read(fields: unknown, head = {}) {
  return schema.read(fields, { ...HEAD, ...head });
}

/** A record as text, which shows the order of its keys as well. */
function textOf(fields: unknown, head = {}): string {
  const { record, issues } = read(fields, head);
  return JSON.stringify(record ?? issues);
}

/** A new object for each event, whose keys are all accessors that count. */
function counting(fields: object, thrownAt = Infinity) {
  const asked: Record<string, number> = {};
  const counted = {};
  for (const [key, value] of Object.entries(fields)) {
    const get = (): unknown => {
      asked[key] = (asked[key] ?? 0) + 1;
      if (asked[key] >= thrownAt) throw new Error(`asked ${thrownAt} times`);
      return value;
    };
    Object.defineProperty(counted, key, { get, enumerable: true });
  }
  return { counted, asked };
}

describe('the record of an event', () => {
  it('has the fields in their order and then its own, whatever forms came before', () => {
    const rest = { venue: 'binance', fee: '0.1', liquidity: 'MAKER', actor: 'bot', account: 'sub-7' };
    const keys = Object.keys(rest) as (keyof typeof rest)[];
    // More forms than are remembered, and each again.
    for (let turn = 0; turn < 3; turn++) {
      for (let form = 0; form < 2 ** keys.length; form++) {
        const chosen = keys.filter((_, index) => (form >> index) & 1).map((key) => [key, rest[key]]);
        const fields = { ...Object.fromEntries(chosen), ...FILL, tradeId: `${turn}-${form}` };
        const same = Object.fromEntries(Object.entries(fields).reverse());
        expect(textOf(fields)).toBe(JSON.stringify({ ...fields, ...ABOUT }));
        expect(textOf(same)).toBe(JSON.stringify({ ...same, ...ABOUT }));
      }
    }
  });

  it('is the same whatever object the fields are', () => {
    class Fill {
      readonly orderId = FILL.orderId;
      readonly symbol = FILL.symbol;
      readonly side = FILL.side;
      readonly price = FILL.price;
      readonly quantity = FILL.quantity;
    }
    const expected = JSON.stringify({ ...FILL, ...ABOUT });
    const { counted } = counting(FILL);
    const withoutPrototype = Object.assign(Object.create(null) as object, FILL);
    const frozen = Object.freeze({ ...FILL });
    for (const fields of [frozen, new Fill(), withoutPrototype, counted, new Proxy({ ...FILL }, {})]) {
      for (let again = 0; again < 2; again++) expect(textOf(fields)).toBe(expected);
    }
    expect(read(frozen).record).not.toBe(frozen);
    // What is not there, and what is inherited, is no field of its own.
    expect(read({ ...FILL, fee: undefined }).record).toStrictEqual({ ...FILL, fee: undefined, ...ABOUT });
    expect(textOf(Object.create(FILL))).toBe(JSON.stringify(ABOUT));
    expect(textOf(Object.assign(Object.create({ fee: '0.1' }) as object, FILL))).toBe(expected);
    expect(textOf(Object.defineProperty({ ...FILL }, 'fee', { value: '0.1', enumerable: false }))).toBe(expected);
  });

  it('has a form of its own for the first eight sets of fields: hostile ones must not become code without end', () => {
    const names = Array.from({ length: 20 }, (_, index) => `field${index}`);
    const forms = new EventForms(names);
    const known = names.map((name) => forms.of({ [name]: 1 }));
    expect(known.map((form) => form !== undefined)).toEqual(names.map((_, index) => index < 8));
    for (const [index, name] of names.entries()) expect(forms.of({ [name]: 2 })).toBe(known[index]);
    expect(forms.unknownOf({ field9: 1, other: 2 })).toEqual(['other']);
  });

  it('names the event that it corrects between the fields and its own', () => {
    const corrects = JSON.stringify({ ...FILL, corrects: 'id-0', ...ABOUT });
    for (let again = 0; again < 2; again++) expect(textOf(FILL, { corrects: 'id-0' })).toBe(corrects);
  });

  it('has what is under symbols where a winston format may read it', async () => {
    const key = Symbol('desk');
    const seen: unknown[] = [];
    const format = {
      transform(info: Record<string | symbol, unknown>) {
        seen.push(info[key], info['eventId'], info['price']);
        return info as never;
      },
    };
    const log = createLogger({ sources: false, exitHooks: false, format, destinations: [destinationOf(new CollectingTransport())] }); // prettier-ignore
    const compliance = createCompliance(log);
    for (let again = 0; again < 2; again++) {
      seen.length = 0;
      const { id } = compliance.event('order.filled', Object.assign({ [key]: 'spot' }, FILL));
      expect(seen).toEqual(['spot', id, '64123.5']);
    }
    await log.close();
  });
});

describe('fields that are read', () => {
  it('are asked as often as ever, and once more for the record', () => {
    for (let again = 0; again < 2; again++) {
      const { counted, asked } = counting({ ...FILL, fee: '0.1' });
      expect(schema.validate(counted)).toEqual([]);
      expect(asked).toEqual({ orderId: 3, symbol: 3, side: 3, price: 3, quantity: 3, fee: 2 });
      read(counted);
      expect(asked).toEqual({ orderId: 7, symbol: 7, side: 7, price: 7, quantity: 7, fee: 5 });
    }
  });

  it('may throw at any time: then they cannot be read', () => {
    expect(read({ ...FILL }).issues).toEqual([]);
    for (const at of [1, 2, 3, 4]) {
      const because = [{ field: 'fields', message: `cannot be read: asked ${at} times` }];
      expect(read(counting(FILL, at).counted)).toEqual({ issues: because });
    }
    for (const trap of ['ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'get'] as const) {
      const proxy = new Proxy({ ...FILL }, { [trap]: () => { throw new Error(trap); } }); // prettier-ignore
      expect(read(proxy)).toEqual({ issues: [{ field: 'fields', message: `cannot be read: ${trap}` }] });
    }
  });

  it('may make an event of the same kind meanwhile', () => {
    const inner: string[] = [];
    const fields = {
      ...FILL,
      get venue() {
        inner.push(textOf({ ...FILL, account: 'inner' }), textOf({ ...FILL, price: 'cheap' }));
        return 'binance';
      },
    };
    expect(textOf(fields)).toBe(JSON.stringify({ ...FILL, venue: 'binance', ...ABOUT }));
    expect(inner[0]).toBe(JSON.stringify({ ...FILL, account: 'inner', ...ABOUT }));
    expect(inner[1]).toContain('cheap');
  });
});

describe('an event is accepted or not', () => {
  it('for fields of its own, inherited ones and __proto__', () => {
    const unknown = (field: string) => [{ field, message: 'is not known; put it into details' }];
    expect(validateEvent('order.filled', { ...FILL, event: 'order.filled' })).toEqual(unknown('event'));
    expect(validateEvent('order.filled', { ...FILL, constructor: 1 })).toEqual(unknown('constructor'));
    expect(validateEvent('order.filled', Object.assign(Object.create({ prize: 1 }) as object, FILL))).toEqual(unknown('prize')); // prettier-ignore
    const proto = JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(FILL).slice(1)}`) as object;
    expect(validateEvent('order.filled', proto)).toEqual(unknown('__proto__'));
    for (const nothing of [[], [FILL], 'order', 5, true, () => FILL])
      expect(validateEvent('order.filled', nothing)).toMatchObject([{ field: 'fields' }]);
    expect(validateEvent('logging.started', new Map([['a', 1]]))).toEqual([]);
  });

  const ajv = new Ajv({ allErrors: true, verbose: true, unicode: false, logger: false });
  for (const [name, { check }] of Object.entries(EVENT_FORMATS)) ajv.addFormat(name, check);
  const kinds = ['order.filled', 'order.submitted', 'login', 'incident', 'position'] as const satisfies EventKind[];
  const references = new Map(kinds.map((kind) => [kind, ajv.compile(EVENT_KINDS[kind].fields.schema)]));
  const names = kinds.flatMap((kind) => Object.keys(EVENT_KINDS[kind].fields.schema['properties'] as object));
  const values = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<unknown>('0.015', '64123', 'BUY', 'XBIN', 'BTC', 'high', 'open') },
    fc.constantFrom<unknown>('', '-1', '1e5', 'ü', undefined, null, true, 7, [], {}, { limitPrice: '1', x: 1 }),
  );
  const fields = fc.array(fc.tuple(fc.constantFrom(...names, 'prize', 'event', 'toString'), values), { maxLength: 12 });

  it('as ajv finds it by the schema that is published, and for the same reasons in the same order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.boolean(), fields, (kind, whole, pairs) => {
        const given = Object.fromEntries(whole ? [...Object.entries(FILL), ...pairs] : pairs);
        const reference = references.get(kind);
        const valid = reference?.(given) === true;
        expect(validateEvent(kind, given)).toEqual(valid ? [] : reference?.errors?.map(explainError));
      }),
      { numRuns: 1000 },
    );
  });
});
