import { createLogger, type Formatter, type Logger, withContext } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf } from '@metaexpert/logger-core/testing';
import fc from 'fast-check';
import { exchangeMessages } from '../../test/exchange-messages';
import { formatterPlugins } from '../formatter-plugins';

const create = (type: string, options: object = {}): Formatter => {
  const plugin = formatterPlugins.find((one) => one.type === type);
  return (plugin?.create as (options: object) => Formatter)(options);
};
const WRITING = formatterPlugins.map(({ type }) => type).filter((type) => create(type).write !== undefined);

const anyValue = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true });
/** In ASCII: where a line is copied, a key beyond it is escaped, which is the same name and another text. */
const anyKey = fc.oneof(
  fc.string(),
  fc.constantFrom('level', 'fields.level', '__proto__', 'password', 'id', 'error', 'durationMs', 'duration_ms', 'a.b'),
);

/** What a format writes of records from their lines, and what it makes of the same records as objects. */
async function bothWays(type: string, work: (log: Logger) => void, options: object = {}) {
  const transport = new CollectingTransport();
  const format = create(type, options);
  let objects = 0;
  const counted = Object.assign(
    (record: Parameters<Formatter>[0]) => {
      objects += 1;
      return format(record);
    },
    format.write && { write: format.write },
  );
  const log = createLogger({
    ...{ name: 'ema-böt.x', sources: false, exitHooks: false, level: 'debug' },
    destinations: [destinationOf(transport, { format: counted })],
  });
  work(log);
  await log.close();
  const made = objects;
  return { written: transport.payloads, made: transport.entries.map(({ record }) => format(record)), objects: made };
}

it('are what Elastic is sent', () => {
  expect(WRITING).toContain('ecs');
});

describe.each(WRITING)('the lines that %s writes', (type) => {
  it('are what it makes of the records of all that an exchange sends', async () => {
    const messages = exchangeMessages();
    const { written, made, objects } = await bothWays(type, (log) => {
      for (const message of messages) log.info('message of the exchange', message);
    });
    expect(written).toEqual(made);
    expect(written).toHaveLength(messages.length);
    expect(objects).toBe(0);
  });

  it('are what it makes of the records of any fields', async () => {
    const { written, made } = await bothWays(type, (log) =>
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), fc.dictionary(anyKey, anyValue), (message, fields) => {
          log.info(message, fields);
        }),
        { numRuns: 500 },
      ),
    );
    expect(written).toEqual(made);
  });

  it('are the same for every level, category, logger and context, with and without a duration', async () => {
    const { written, made } = await bothWays(type, (log) => {
      for (const level of ['critical', 'error', 'warning', 'trade', 'info', 'debug'] as const) log[level](level, { n: 1 });
      log.performance('fetched', { durationMs: 12.5 });
      log.info('none of the two', { durationMs: 'long', duration_ms: 3 });
      log.info('the other one', { durationMs: null, duration_ms: 3.25 });
      for (const name of ['a', 'b.c', '']) log.named(name).info('x', { event_type: 'trade' });
      withContext({ run: 'ü' }, () => log.child({ symbol: 'BTC' }).info('x', { symbol: 'ETH', id: 7 }));
      log.child({ level: 9 }).info('moved aside', { nested: { 'kéy': [1, { a: null }] } });
      log.error('with an error', new Error('no', { cause: new RangeError('below') }), { a: 1 });
      log.info('with a trace', { traceId: 't-1', spanId: 's-1', a: 1 });
    }); // prettier-ignore
    expect(written).toEqual(made);
  });

  it('are not written where fields are chosen', () => {
    expect(create(type, { exclude: ['pid'] }).write).toBeUndefined();
    expect(create(type, { include: ['a'] }).write).toBeUndefined();
    expect(create(type, { rename: { a: 'b' } }).write).toBeUndefined();
  });
});

it.each([{ digits: 6 }, { zone: 'Asia/Tokyo' }])('are not written where times are told as %o', (timestamp) => {
  expect(create('ecs', { timestamp }).write).toBeUndefined();
});
