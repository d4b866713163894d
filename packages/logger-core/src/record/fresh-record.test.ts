import fc from 'fast-check';
import { createLogger } from '../logger/create-logger';
import { withContext } from '../context/ambient';
import { CollectingTransport, destinationOf } from '../testing';
import { fieldsText, isFresh } from './fresh-record';
import { type LogRecord } from './log-record';
import { readRecord } from './read-record';
import { LEVEL_RANKS } from '../level';

/** A logger whose formatter keeps what it was given, and what stood ready for it, beside the JSON line of the same record. */
function watchedLogger(options: object = {}) {
  const given: { record: LogRecord; fresh: boolean; text: string | undefined }[] = [];
  const lines = new CollectingTransport();
  const formatted = new CollectingTransport();
  const log = createLogger({
    ...{ name: 'bot', sources: false, exitHooks: false, ...options },
    destinations: [
      destinationOf(lines),
      {
        ...destinationOf(formatted),
        format: (record: LogRecord) => {
          given.push({ record, fresh: isFresh(record), text: fieldsText(record) });
          return record.message;
        },
      },
    ],
  });
  return { log, given, lines, formatted };
}

const fromLine = (line: string, { level, time }: LogRecord): LogRecord =>
  readRecord(line, { time, rank: LEVEL_RANKS[level] });

describe('the record that a formatter gets', () => {
  it('is what its JSON line says, whatever the fields are', async () => {
    const { log, given, lines } = watchedLogger();
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
    });
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom('level', 'fields.level', '__proto__', 'password', 'id', 'toString'),
    );
    fc.assert(
      fc.property(fc.string(), fc.dictionary(key, value), (message, fields) => {
        log.info(message, fields);
      }),
      { numRuns: 500 },
    );
    await log.close();
    expect(given.length).toBe(500);
    given.forEach(({ record }, index) => expect(record).toEqual(fromLine(lines.payloads[index] as string, record)));
  });

  it.each<[string, object, (log: ReturnType<typeof createLogger>) => void]>([
    ['with bound fields', {}, (log) => log.child({ symbol: 'BTCUSDT', level: 7 }).info('x', { price: 1.5 })],
    ['with bound fields that the call overrides', {}, (log) => log.child({ a: 1, b: 2 }).info('x', { b: 3, c: -0 })],
    ['in a context', {}, (log) => withContext({ run: 1 }, () => log.info('x', { a: [1, { b: 2 }] }))],
    ['with secrets', {}, (log) => log.info('x', { password: 'hunter2-correct', at: { apiKey: 'k' } })],
    ['with a getter that throws', {}, (log) => log.info('x', { get a(): never { throw new Error('no'); } })], // prettier-ignore
    ['with a getter that logs', {}, (log) => log.info('x', { get a() { log.info('inner', { b: 1 }); return 2; }, c: 3 })], // prettier-ignore
    ['with no fields', {}, (log) => log.info('x')],
    ['with more keys than are kept', {}, (log) => log.info('x', Object.fromEntries(Array.from({ length: 1100 }, (_, i) => [`k${i}`, i])))], // prettier-ignore
    ['with a key that is too long', {}, (log) => log.info('x', { ['k'.repeat(2000)]: 1 })],
    ['with values that JSON has no word for', {}, (log) => log.info('x', { a: undefined, b: NaN, c: null, d: 1n })],
    ['with an error', {}, (log) => log.error('x', new Error('no'), { a: 1 })],
    ['that was cut', {}, (log) => log.info('x', { a: 'y'.repeat(2_000_000) })],
    ['with a category among its fields', {}, (log) => log.info('x', { category: 'trade', a: 1 })],
    ['whose fields are a revoked proxy', {}, (log) => log.info('x', revoked())],
    ['without a host', { fields: { host: false, venue: 'b' } }, (log) => log.info('x', { a: 1 })],
    ['of a simulated clock', { clock: { now: () => 1e12, simulated: true } }, (log) => log.info('x', { a: 1 })],
  ])('is what its JSON line says %s', async (_, options, act) => {
    const { log, given, lines, formatted } = watchedLogger(options);
    act(log);
    await log.close();
    expect(given.length).toBeGreaterThan(0);
    given.forEach(({ record, text }, index) => {
      const line = lines.payloads[index] as string;
      expect(record).toEqual(fromLine(line, record));
      // What a transport is given later, and has to be read from the line.
      expect(formatted.entries[index]?.record).toEqual(record);
      if (text !== undefined) expect(JSON.parse(text)).toEqual(record.fields);
    });
  });

  it('stands ready as JSON when it is like most', async () => {
    const { log, given } = watchedLogger();
    log.child({ symbol: 'BTCUSDT' }).info('filled', { price: '1.50', legs: [{ quantity: 2 }] });
    log.info('an old name', { event_type: 'trade' });
    log.info('moved aside', { level: 3 });
    log.error('an error', new Error('no'));
    await log.close();
    expect(given.map(({ fresh }) => fresh)).toEqual([true, true, true, false]);
    expect(given.map(({ text }) => text)).toEqual([
      '{"symbol":"BTCUSDT","price":"1.50","legs":[{"quantity":2}]}',
      '{"event_type":"trade"}',
      undefined,
      undefined,
    ]);
  });

  it('cannot be changed, nor does it change with what was logged', async () => {
    const { log, given } = watchedLogger();
    const order = { legs: [{ quantity: 2 }] };
    log.info('filled', order);
    order.legs.push({ quantity: 3 });
    await log.close();
    expect(given[0]?.record.fields).toEqual({ legs: [{ quantity: 2 }] });
    expect(Object.isFrozen(given[0]?.record)).toBe(true);
    expect(Object.isFrozen(given[0]?.record.fields)).toBe(true);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
