import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { CollectingTransport, destinationOf } from '../testing';
import { collectingLogger, linesOf, logged, testLogger } from '../../test/loggers';

class Price {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toJSON(): string {
    return this.#text;
  }
}

describe('values of fields', () => {
  it.each<[string, unknown, unknown]>([
    ['a BigInt', 2n ** 70n, '1180591620717411303424'],
    [
      'a Map',
      new Map<string | number, unknown>([
        ['a', 1],
        [2, new Map([['b', null]])],
      ]),
      { a: 1, 2: { b: null } },
    ],
    [
      'a Map with keys of all kinds',
      new Map<unknown, unknown>([
        [{ k: 1 }, 'v'],
        ['a', 2],
      ]),
      [[{ k: 1 }, 'v'], { a: 2 }],
    ],
    ['a Set', new Set(['x', 1n]), ['x', '1']],
    ['a typed array', new Float64Array([1.5, Number.NaN]), [1.5, 'NaN']],
    ['a Buffer', Buffer.from('hi'), 'aGk='],
    ['a Date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid Date', new Date(Number.NaN), 'Invalid Date'],
    ['a URL', new URL('https://example.com/a?b=c'), 'https://example.com/a?b=c'],
    ['a RegExp', /a"b/gi, '/a"b/gi'],
    ['NaN', Number.NaN, 'NaN'],
    ['infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['minus infinity', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['a number', 0.1, 0.1],
    ['a symbol', Symbol('tag'), 'Symbol(tag)'],
    ['a function', function fill() {}, '[Function: fill]'],
    ['a boxed number', Object(5), 5],
    ['an exact decimal', new Price('0.10'), '0.10'],
    ['a promise', Promise.resolve(1), '[Promise]'],
    ['null', null, null],
    ['undefined in an array', [undefined, 1], [null, 1]],
    [
      'an array of another realm',
      runInNewContext('[new Date(0), new Map([["a", 1]])]'),
      ['1970-01-01T00:00:00.000Z', { a: 1 }],
    ],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ])('keep what %s says', async (_name, given, expected) => {
    expect(await logged(given)).toEqual(expected);
  });

  it('lose nothing of an error: name, message, code, stack, own keys, causes and the errors of an aggregate', async () => {
    const cause = Object.assign(new Error('socket closed'), { code: 'ECONNRESET' });
    const error = Object.assign(new AggregateError([new RangeError('one')], 'all failed', { cause }), { status: 503 });
    const encoded = await logged(error);
    expect(encoded).toMatchObject({ name: 'AggregateError', message: 'all failed', status: 503 });
    expect(encoded).toMatchObject({
      cause: { message: 'socket closed', code: 'ECONNRESET' },
      errors: [{ name: 'RangeError' }],
    });
    expect(encoded).toHaveProperty('stack', error.stack);
  });

  it('show a cycle, through objects, maps and causes', async () => {
    const loop: Record<string, unknown> = { map: new Map() };
    loop['self'] = loop;
    (loop['map'] as Map<string, unknown>).set('back', loop);
    const error = new Error('round');
    error.cause = error;
    expect(await logged(loop)).toEqual({ map: { back: '[Circular]' }, self: '[Circular]' });
    expect(await logged(error)).toHaveProperty('cause', '[Circular]');
  });

  it('repeat an object that is there twice without being a cycle', async () => {
    const leg = { quantity: 1 };
    expect(await logged({ buy: leg, sell: leg })).toEqual({ buy: leg, sell: leg });
  });

  it('put a placeholder where reading throws, and keep the rest', async () => {
    const hostile = {
      good: 1,
      get bad(): never {
        throw new Error('boom');
      },
      json: {
        toJSON(): never {
          throw new Error('no');
        },
      },
      odd: {
        toJSON(): never {
          throw Object.create(null);
        },
      },
    };
    expect(await logged(hostile)).toEqual({
      good: 1,
      bad: '[Throws: boom]',
      json: '[Throws: no]',
      odd: '[Throws: unprintable]',
    });
  });

  it('never throw at the caller, not even a revoked proxy or one whose every trap throws', async () => {
    const { log, collected } = collectingLogger();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const trap = (): never => {
      throw new Error('trap');
    };
    const trapped = new Proxy(
      {},
      { get: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap, has: trap },
    );
    for (const value of [proxy, trapped]) {
      log.info('as fields', value);
      log.info('nested', { value });
      log.error(value as Error);
      log.child({ bound: value }).info('bound');
      log.log('info', 'as the second argument', value);
    }
    await log.flush();
    expect(linesOf(collected)).toHaveLength(10);
  });

  it('are cut in depth', async () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 100_000; level++) deep = { deep };
    const text = JSON.stringify(await logged(deep));
    expect(text).toContain('"[Object]"');
    expect(text.length).toBeLessThan(1000);
  });

  it('are cut in breadth, and say how much is missing', async () => {
    const wide = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`k${index}`, index]));
    expect(await logged(wide)).toHaveProperty(['[Truncated]'], '500 more keys');
    const elements = (await logged(Array.from({ length: 1500 }, () => 0))) as unknown[];
    expect(elements.at(-1)).toBe('[Truncated: 500 more elements]');
  });
});

describe('any value', () => {
  const trap = (): never => {
    throw new Error('trap');
  };
  // By name: fast-check prints what it has found, and a hostile value does not like that.
  const hostile: Record<string, unknown> = {
    error: new Error('e\u2028'),
    symbols: new Set([Symbol('s')]),
    function: trap,
    invalidDate: new Date(Number.NaN),
    proxy: new Proxy({}, { ownKeys: trap }),
    getters: Object.defineProperty({}, 'x', { get: trap, enumerable: true }),
    controls: '\u0000\u001b[2J\u007f\u009f\u2028\u2029\ud800',
    thrower: { toJSON: trap, toString: trap, [Symbol.toPrimitive]: trap },
  };
  const anyValue = fc.oneof(
    fc.constantFrom(...Object.keys(hostile)).map((name) => ({ name })),
    fc
      .anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
      })
      .map((value) => ({ value })),
    fc.anything({ withNullPrototype: true, withBoxedValues: true, withObjectString: true }).map((value) => ({ value })),
  );

  it('gives exactly one JSON line that parses, wherever it stands in the call', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({ destinations: [destinationOf(collected)] });
    await fc.assert(
      fc.asyncProperty(anyValue, fc.string({ unit: 'binary' }), fc.nat(5), async (chosen, text, place) => {
        const value: unknown = 'name' in chosen ? hostile[chosen.name] : chosen.value;
        collected.entries.length = 0;
        const calls = [
          () => log.info(text, { value, [text]: value }),
          () => log.info(value),
          () => log.error(text, value),
          () => log.child({ value }).info(text),
          () => log.log('info', text, value, value),
          () => log.info(text, value as object),
        ];
        calls[place]!();
        await log.flush();
        expect(collected.payloads).toHaveLength(1);
        const [payload] = collected.payloads;
        expect(payload).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(Buffer.from(payload!).toString()).toBe(payload);
        expect(JSON.parse(payload!)).toMatchObject({ logger: 'test' });
      }),
      { numRuns: 500 },
    );
  });
});
