import fc from 'fast-check';
import { serialize } from 'node:v8';
import { CollectingTransport, destinationOf } from '../testing';
import { collectingLogger, linesOf, logged, testLogger } from '../../test/loggers';

class Order {
  static created = 0;
  readonly id = 'A1';
  readonly #secretPlan = 1;
  get total(): number {
    return (Order.created += this.#secretPlan);
  }
}

/** As decimal.js, bignumber.js and big.js do. */
class Decimal {
  constructor(readonly digits: string) {}
  toFixed(): string {
    return this.digits;
  }
  toString(): string {
    return this.digits;
  }
}

/** As bn.js does: hexadecimal, and nothing says so. */
class BN extends Decimal {
  static isBN = (): boolean => true;
  toJSON(): string {
    return 'ff';
  }
}

class Money {
  toFixed(): string {
    return '0.10';
  }
  toJSON(): string {
    return '0.10 USD';
  }
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const deepList = (): unknown => {
  let list: unknown = 'bottom';
  for (let level = 0; level < 20_000; level++) list = [list];
  return list;
};

const everyKind = (): [string, unknown, unknown][] => [
  ['a number without an end', 1 / 3, 1 / 3],
  ['minus zero', -0, 0],
  ['an empty text', '', ''],
  ['a sparse array', [1, , 3], [1, null, 3]], // eslint-disable-line no-sparse-arrays
  ['an array of a billion holes', new Array(1_000_000_000), expect.arrayContaining([null])],
  ['an array with keys of its own', Object.assign([1], { note: 'x' }), [1]],
  ['a boxed text', Object('text'), 'text'],
  ['a boxed true', Object(true), true],
  ['a boxed BigInt', Object(5n), '5'],
  ['a boxed symbol', Object(Symbol('s')), 'Symbol(s)'],
  ['a symbol without a name', Symbol(), 'Symbol()'],
  ['symbol keys', { [Symbol('hidden')]: 1, seen: 2 }, { seen: 2 }],
  ['an anonymous function', () => 1, '[Function: anonymous]'],
  ['a class', Order, '[Function: Order]'],
  [
    'a function with a hostile name',
    Object.defineProperty(() => 1, 'name', { value: Symbol('n') }),
    expect.stringMatching(/^\[Throws/),
  ],
  ['an instance: its own keys, its getters left alone', new Order(), { id: 'A1' }],
  ['an inherited key', Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }), { own: 2 }],
  ['a hidden key', Object.defineProperty({ a: 1 }, 'hidden', { value: 2 }), { a: 1 }],
  ['a decimal', new Decimal('0.1000'), '0.1000'],
  ['an instance of bn.js', new BN('255'), '255'],
  ['an amount with a toJSON of its own', new Money(), '0.10 USD'],
  ['a long', { __isLong__: true, low: 1, toString: () => '4294967297' }, expect.anything()],
  ['a large BigInt', -(1n << 70_000n), expect.stringMatching(/^-0x10+(\[Truncated|$)/)],
  ['a DataView', new DataView(new Uint8Array([1, 2, 3]).buffer, 1), [2, 3]],
  ['an ArrayBuffer', new Uint8Array([1, 2]).buffer, [1, 2]],
  ['a BigInt array', new BigInt64Array([1n, -1n]), ['1', '-1']],
  ['a part of a Buffer', Buffer.from('xhix').subarray(1, 3), 'aGk='],
  ['URLSearchParams', new URLSearchParams({ a: '1', b: 'ü' }), 'a=1&b=%C3%BC'],
  ['a Map within a Set', new Set([new Map([['a', 1]])]), [{ a: 1 }]],
  [
    'a Map whose keys are equal as text',
    new Map<unknown, unknown>([
      [1, 'a'],
      ['1', 'b'],
    ]),
    [[1, 'a'], { 1: 'b' }],
  ],
  ['a Map with __proto__', new Map([['__proto__', 1]]), { ['__proto__']: 1 }],
  ['a WeakMap', new WeakMap(), '[Weak]'],
  ['a proxy', new Proxy({ a: 1 }, {}), { a: 1 }],
  ['a proxy of an array', new Proxy([1, 2], {}), [1, 2]],
  ['a revoked proxy', revoked(), expect.stringMatching(/^\[Throws: /)],
  ['an object without a prototype', Object.assign(Object.create(null), { a: { b: 1 } }), { a: { b: 1 } }],
  ['an own __proto__', JSON.parse('{"__proto__":{"a":1},"b":2}'), JSON.parse('{"__proto__":{"a":1},"b":2}')],
  ['a field called toJSON', { toJSON: 'text', b: 1 }, { toJSON: 'text', b: 1 }],
  ['a toJSON that gives itself', { a: 1, toJSON() { return this; } }, { a: 1, toJSON: '[Function: toJSON]' }], // prettier-ignore
  ['a toJSON without an end', { toJSON(this: { toJSON: unknown }) { return { toJSON: this.toJSON }; } }, '[Object]'], // prettier-ignore
  ['a toJSON that gives undefined', [{ toJSON: () => undefined }], [null]],
  ['a toString that throws', { toString: () => { throw new Error('x'); }, a: 1 }, { toString: '[Function: toString]', a: 1 }], // prettier-ignore
  ['what is undefined', { a: undefined, b: 1 }, { b: 1 }],
  ['reserved names below the top', { level: 1, message: 2 }, { level: 1, message: 2 }],
  ['lists 20,000 levels deep', deepList(), expect.anything()],
  ['a billion-fold object', shared(), expect.anything()],
  ['lone surrogates', 'a\ud800b\udc00', 'a\ud800b\udc00'],
  [
    'control characters',
    '\u0000\b\t\n\r\u001b[31m\u007f\u009b2J\u2028',
    '\u0000\b\t\n\r\u001b[31m\u007f\u009b2J\u2028',
  ],
];

/** Everything is there twice, thirty levels deep. */
function shared(): unknown {
  let node: unknown = 1;
  for (let level = 0; level < 30; level++) node = { a: node, b: node };
  return node;
}

describe('a field', () => {
  it.each(everyKind())('that holds %s', async (_name, given, expected) => {
    expect(await logged(given)).toEqual(expected);
  });

  it('a million elements wide, as a list, a Set, a Map, an object and an array of numbers, is cut at a thousand', async () => {
    const million = Array.from({ length: 1_000_000 }, (_, n) => n);
    const entries = million.map((n) => [`k${n}`, n] as const);
    const wide = { million, set: new Set(million), map: new Map(entries), object: Object.fromEntries(entries), typed: Float64Array.from(million) }; // prettier-ignore
    const line = (await logged(wide)) as Record<string, Record<string, unknown>>;
    for (const key of ['million', 'set', 'typed']) expect(line[key]).toHaveProperty('1000', '[Truncated: 999000 more elements]'); // prettier-ignore
    for (const key of ['map', 'object']) expect(line[key]).toHaveProperty(['[Truncated]'], '999000 more keys');
  });

  it('is no getter of a class: reading the record has run none', async () => {
    const before = Order.created;
    await logged(new Order());
    expect(Order.created).toBe(before);
  });
});

describe('what stands in the place of fields', () => {
  it.each<[string, unknown, Record<string, unknown>]>([
    ['a Map', new Map([['a', 1]]), { args: [{ a: 1 }] }],
    ['a Set', new Set([1]), { args: [[1]] }],
    ['a Date', new Date(0), { args: ['1970-01-01T00:00:00.000Z'] }],
    ['a Buffer', Buffer.from('hi'), { args: ['aGk='] }],
    ['a decimal', new Decimal('0.10'), { args: ['0.10'] }],
    ['a boxed number', Object(5), { args: [5] }],
    ['an instance', new Order(), { 'fields.id': 'A1' }],
    ['an instance that gives an object for JSON', { __proto__: { toJSON: () => ({ a: 1 }) } }, { a: 1 }],
    ['an instance whose toJSON throws', { __proto__: { toJSON: () => { throw new Error('no'); } } }, { args: ['[Throws: no]'] }], // prettier-ignore
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ])('is not lost when it is %s', async (_name, given, expected) => {
    const { log, collected } = collectingLogger();
    log.info('x', given as object);
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject(expected);
  });

  it('keeps the other fields when a getter throws, in every kind of call', async () => {
    const { log, collected } = collectingLogger();
    const hostile = () => ({ message: 'm', level: 'info', good: 1, get bad(): never { throw new Error('boom'); } }); // prettier-ignore
    log.info('m', hostile());
    log.info(hostile());
    log.log(hostile());
    log.write(hostile());
    log.info('m', hostile(), 'more');
    log.log('loud', 'm', hostile());
    log.error(Object.assign(new Error('m'), { ignored: true }), hostile());
    await log.flush();
    expect(linesOf(collected)).toHaveLength(7);
    for (const line of linesOf(collected)) expect(line).toMatchObject({ message: 'm', good: 1, bad: '[Throws: boom]' });
  });

  it('leaves a record also where nothing can be read of it', async () => {
    const { log, collected } = collectingLogger();
    log.log(revoked() as never);
    log.write(revoked());
    await log.flush();
    expect(linesOf(collected)).toMatchObject([
      { args: expect.stringMatching(/^\[Throws/) },
      { message: '[unreadable]' },
    ]);
  });
});

describe('any value at all', () => {
  const anyValue = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withNullPrototype: true, withBoxedValues: true, withObjectString: true }); // prettier-ignore
  const key = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('level', 'error', '__proto__', 'toJSON', 'fields.id', 'constructor')); // prettier-ignore

  it('gives one line that parses, soon and of bounded size, and is what it was before', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected, { batch: { maxRecords: 10_000 } })] });
    let calls = 0;
    const property = fc.property(fc.dictionary(key, anyValue, { maxKeys: 4 }), fc.string({ unit: 'binary' }), (fields, text) => {
      // As bytes: to Node 20 an invalid date is not even equal to itself.
      const before = serialize(fields);
      log.info(text, fields);
      calls += 1;
      expect(serialize(fields).equals(before)).toBe(true);
    }); // prettier-ignore
    // In parts, so that the queue never fills.
    for (let part = 0; part < 10; part++) {
      fc.assert(property, { numRuns: 1000 });
      await log.flush();
      for (const payload of collected.payloads) {
        expect(payload).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(Buffer.from(payload).toString()).toBe(payload);
        expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(1_048_576);
        expect(JSON.parse(payload)).toMatchObject({ level: 'info', logger: 'test' });
      }
      expect(collected.entries.length).toBe(calls);
      collected.entries.length = calls = 0;
    }
    expect(log.health()[0]).toMatchObject({ accepted: 10_000, delivered: 10_000, dropped: {} });
  });
});
