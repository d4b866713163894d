import fc from 'fast-check';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import { CollectingTransport, destinationOf, ManualClock } from '../testing';
import { collectingLogger, linesOf, testLogger } from '../../test/loggers';
import { type LogRecord } from './log-record';
import { RESERVED_KEYS } from './reserved-keys';

const HEAD = ['timestamp', 'simulatedTime', 'level', 'logger', 'message', 'category'];
const TAIL = ['error', 'traceId', 'spanId', 'source', 'truncated', 'pid', 'thread', 'host', 'seq', 'id'];

describe('the JSON record', () => {
  it('has its keys in the order of DESIGN section 5, with the fields between category and error', async () => {
    const { log, collected } = collectingLogger();
    log.error('order rejected', new Error('no margin'), { symbol: 'BTCUSDT', traceId: 't1', spanId: 's1', price: 1.5 });
    await log.flush();
    const [line] = linesOf(collected);
    expect(Object.keys(line!)).toEqual([
      ...['timestamp', 'level', 'logger', 'message', 'category', 'symbol', 'price'],
      ...['error', 'traceId', 'spanId', 'pid', 'thread', 'host', 'seq', 'id'],
    ]);
    expect(line).toMatchObject({
      level: 'error',
      logger: 'test',
      message: 'order rejected',
      category: 'error',
      price: 1.5,
    });
    expect(line).toMatchObject({
      pid: process.pid,
      thread: threadId,
      host: hostname(),
      seq: 1,
      traceId: 't1',
      spanId: 's1',
    });
    expect(line!['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('keeps that order whatever the fields are called, and whatever a processor adds', async () => {
    const collected = new CollectingTransport();
    const log = testLogger({
      destinations: [destinationOf(collected)],
      processors: [
        (record) => (record.message === 'twice' ? { ...record, fields: { ...record.fields, added: 1 } } : record),
      ],
    });
    const keys = fc
      .oneof(
        fc.constantFrom<string>(...RESERVED_KEYS),
        fc.string(),
        fc.string().map((key) => `fields.${key}`),
      )
      // JSON.parse puts keys that are numbers first.
      .filter((key) => !/^\d+$/.test(key));
    const fields = fc.dictionary(keys, fc.oneof(fc.string(), fc.integer(), fc.constantFrom('trade', new Error('x'))));
    await fc.assert(
      fc.asyncProperty(fields, fc.constantFrom('once', 'twice'), async (given, message) => {
        collected.entries.length = 0;
        log.info(message, given);
        await log.flush();
        const present = Object.keys(linesOf(collected)[0]!);
        const places = present.map((key) =>
          HEAD.includes(key) ? HEAD.indexOf(key) : TAIL.includes(key) ? 100 + TAIL.indexOf(key) : 50,
        );
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  it('keeps a field with a reserved name as fields.<name>, and never loses one', async () => {
    const { log, collected } = collectingLogger();
    const given = {
      level: 'mine',
      timestamp: 5,
      seq: -1,
      id: 'x',
      pid: 0,
      host: 'h',
      logger: 'l',
      error: 'text',
      category: 'odd',
    };
    log.info('reserved', { ...given, message: 'other', truncated: true });
    await log.flush();
    const [line] = linesOf(collected);
    expect(line).toMatchObject({
      level: 'info',
      logger: 'test',
      message: 'reserved',
      category: 'general',
      seq: 1,
      pid: process.pid,
    });
    for (const [key, value] of Object.entries(given)) expect(line).toHaveProperty([`fields.${key}`], value);
    expect(line).toHaveProperty(['fields.message'], 'other');
    expect(line).not.toHaveProperty('truncated');
    expect(collected.entries[0]!.record.fields).toMatchObject(given);
  });

  it('loses no field when one is called as another that was moved aside', async () => {
    const { log, collected } = collectingLogger();
    const given = { level: 1, 'fields.level': 2, 'fields.fields.level': 3, x: 4, 'fields.x': 5, ['__proto__']: 6 };
    log.info('collision', given);
    await log.flush();
    expect(collected.entries[0]!.record.fields).toEqual(given);
    const keys = [...collected.payloads[0]!.matchAll(/"([^"]*)":/g)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('puts an error, a known category, trace and span ids in their places', async () => {
    const { log, collected } = collectingLogger();
    log.info('filled', { category: 'trade', error: new TypeError('late'), traceId: 't' });
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({
      category: 'trade',
      error: { name: 'TypeError', message: 'late' },
      traceId: 't',
    });
  });

  it('leaves out the host fields that are switched off', async () => {
    const { log, collected } = collectingLogger({ fields: { host: false, thread: false, region: 'eu' } });
    log.info('here');
    await log.flush();
    const [line] = linesOf(collected);
    expect(line).toMatchObject({ region: 'eu', pid: process.pid });
    for (const key of ['host', 'thread', 'fields.host', 'fields.thread']) expect(line).not.toHaveProperty([key]);
  });

  it('carries simulatedTime beside timestamp when the clock is simulated', async () => {
    const clock = new ManualClock(Date.parse('2020-01-02T03:04:05.678Z'));
    const { log, collected } = collectingLogger({ clock });
    log.info('first');
    clock.advance(1000);
    log.info('second');
    await log.flush();
    expect(linesOf(collected).map((line) => line['simulatedTime'])).toEqual([
      '2020-01-02T03:04:05.678Z',
      '2020-01-02T03:04:06.678Z',
    ]);
    expect(Date.now() - Date.parse(linesOf(collected)[0]!['timestamp'] as string)).toBeLessThan(60_000);
  });

  it('survives a clock that gives nonsense', async () => {
    const { log, collected } = collectingLogger({ clock: { now: () => Number.NaN } });
    log.info('when?');
    await log.flush();
    expect(linesOf(collected)[0]).toHaveProperty('simulatedTime', '1970-01-01T00:00:00.000Z');
  });

  it('counts seq without gaps over all children, and gives each record an id of its own', async () => {
    const { log, collected } = collectingLogger();
    const loggers = [log, log.child({ a: 1 }), log.named('other'), log.child({ a: 2 }).child({ b: 3 })];
    for (let index = 0; index < 200; index++) {
      loggers[index % 4]!.info(`record ${index}`);
      loggers[index % 4]!.debug('below the level: takes no number');
    }
    await log.flush();
    const lines = linesOf(collected);
    expect(lines.map((line) => line['seq'])).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const other = collectingLogger();
    other.log.info('another instance');
    await other.log.flush();
    const ids = [...lines, ...linesOf(other.collected)].map((line) => line['id']);
    expect(new Set(ids).size).toBe(201);
  });

  it('is a snapshot: what the caller changes afterwards does not change it', async () => {
    const { log, collected } = collectingLogger();
    const order = { symbol: 'BTCUSDT', legs: [{ quantity: 1 }] };
    const bound = { desk: { name: 'a' } };
    const child = log.child(bound);
    child.info('placed', order);
    order.legs[0]!.quantity = 99;
    bound.desk.name = 'b';
    child.info('again');
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({ legs: [{ quantity: 1 }], desk: { name: 'a' } });
    expect(linesOf(collected)[1]).toMatchObject({ desk: { name: 'a' } });
  });

  it('gives a log call within a log call a record of its own', async () => {
    const { log, collected } = collectingLogger();
    const chatty = {
      toJSON() {
        log.info('inner', { inner: true });
        return 'value';
      },
    };
    log.info('outer', { before: 1, chatty, after: 2 });
    await log.flush();
    const byMessage = new Map(linesOf(collected).map((line) => [line['message'], line]));
    expect(byMessage.get('inner')).toMatchObject({ inner: true });
    expect(byMessage.get('outer')).toMatchObject({ before: 1, chatty: 'value', after: 2 });
    expect(linesOf(collected).map((line) => line['seq'])).toEqual([1, 2]);
  });

  it('says when each call was made, also after the same logger has said something else before', async () => {
    const { log, collected } = collectingLogger();
    const calls = [1, 2, 3].map(() => {
      const before = Date.now();
      while (Date.now() === before);
      const from = Date.now();
      log.info('x');
      return [from, Date.now()] as const;
    });
    await log.flush();
    const times = linesOf(collected).map(({ timestamp }) => Date.parse(String(timestamp)));
    expect(times.map((time, index) => time >= calls[index]![0] && time <= calls[index]![1])).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('counts on where a processor has dropped records, over every change of the number of digits', async () => {
    const processors = [(record: LogRecord) => (record.fields['drop'] === true ? undefined : record)];
    const { log, collected } = collectingLogger({ processors, redact: false });
    for (let n = 1; n <= 1200; n++) {
      log.info('kept', { n });
      if (n % 9 === 0 || n % 100 === 0) log.info('dropped', { drop: true, padding: 'x'.repeat(n) });
    }
    await log.flush();
    const lines = linesOf(collected);
    expect(lines.map(({ n, seq }) => [n, seq])).toEqual(range(1200).map((n) => [n, n]));
    expect(lines.map(({ id }) => Number(/-(\d+)$/.exec(String(id))?.[1]))).toEqual(range(1200));
  });
});

function range(to: number): number[] {
  return Array.from({ length: to }, (_, index) => index + 1);
}
