import * as winston from 'winston';
import { failuresOf, linesOf, collectingLogger, testLogger } from '../../test/loggers';
import { CollectingTransport, destinationOf } from '../testing';
import { definePlugin } from '../plugin/plugin';
import { type LogRecord } from '../record/log-record';
import { type LineBytes, type Processor } from './processor';

describe('processors', () => {
  it('run in the order given, each on what the one before returned', async () => {
    const { log, collected } = collectingLogger({
      processors: [
        (record) => ({ ...record, fields: { ...record.fields, trail: 'a' } }),
        (record) => ({
          ...record,
          message: record.message.toUpperCase(),
          fields: { trail: `${String(record.fields['trail'])}b` },
        }),
      ],
    });
    log.info('enriched', { x: 1 });
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({ message: 'ENRICHED', trail: 'ab', seq: 1 });
    expect(linesOf(collected)[0]).not.toHaveProperty('x');
  });

  it('may add what has a place of its own: trace, span, an error', async () => {
    const { log, collected } = collectingLogger({
      processors: [
        (record) => ({
          ...record,
          traceId: 't1',
          error: { name: 'Error', message: 'late' },
          fields: { ...record.fields, traceId: 'field' },
        }),
      ],
    });
    log.info('traced', { spanId: 's1' });
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({
      traceId: 't1',
      spanId: 's1',
      error: { message: 'late' },
      'fields.traceId': 'field',
    });
    expect(collected.entries[0]!.record).toMatchObject({ traceId: 't1', error: { message: 'late' } });
  });

  it('drop a record by returning undefined, without leaving a gap in seq', async () => {
    const { log, collected } = collectingLogger({
      processors: [(record) => (record.fields['noise'] === true ? undefined : record)],
    });
    for (let index = 0; index < 10; index++) log.info(`record ${index}`, { noise: index % 3 === 0 });
    await log.flush();
    expect(linesOf(collected).map((line) => line['seq'])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(log.health()[0]).toMatchObject({ accepted: 6, dropped: {} });
  });

  it('that throw withhold the record, which is reported and never passed raw', async () => {
    const { log, collected } = collectingLogger({
      processors: [
        (record) => {
          if (record.message === 'bad') throw new Error('redaction failed');
          return record;
        },
      ],
    });
    const failures = failuresOf(log);
    log.info('good');
    expect(() => log.info('bad', { note: 'raw' })).not.toThrow();
    log.info('good again');
    await log.flush();
    expect(linesOf(collected).map((line) => [line['message'], line['seq']])).toEqual([['good', 1], ['good again', 2]]); // prettier-ignore
    expect(failures).toMatchObject([
      { kind: 'permanent', destination: 'pipeline', records: 1, error: { code: 'MXL_PROCESSOR_THREW' } },
    ]);
  });

  it.each<[string, Processor, string]>([
    ['null', () => null as never, 'null was returned for it, not a record (undefined drops a record)'],
    [
      'a promise',
      (async (record: LogRecord) => record) as never,
      'a promise was returned for it, and processors are synchronous',
    ],
    ['a promise that fails', (async () => Promise.reject(new Error('late'))) as never, 'a promise was returned for it'],
    ['text', () => 'raw' as never, 'a string was returned for it'],
    ['an empty object', () => ({}) as never, 'a level that is none'],
    ['a level that is none', (record) => ({ ...record, level: 'WARN' as never }), 'a level that is none'],
    ['a category that is none', (record) => ({ ...record, category: 'x' as never }), 'a category that is none'],
    ['no fields', ({ fields: _, ...record }) => record as never, 'undefined as fields'],
    ['a number as message', (record) => ({ ...record, message: 5 as never }), 'a number as message'],
  ])('that return nonsense (%s) withhold the record too', async (_, processor, message) => {
    const { log, collected } = collectingLogger({ processors: [processor] });
    const failures = failuresOf(log);
    log.info('x', { secretive: 'raw' });
    await log.flush();
    expect(collected.payloads).toEqual([]);
    const error = { code: 'MXL_PROCESSOR_THREW', message: expect.stringContaining(message) };
    expect(failures).toMatchObject([{ kind: 'permanent', destination: 'pipeline', error }]);
  });

  it('that log for every record do not run away', async () => {
    const log = testLogger({
      destinations: [destinationOf(new CollectingTransport())],
      processors: [
        (record) => {
          log.info('from the processor');
          return record;
        },
      ],
    });
    const failures = failuresOf(log);
    expect(() => log.info('x')).not.toThrow();
    expect(failures[0]).toMatchObject({ error: { code: 'MXL_RECURSION' } });
    expect(log.health()[0]!.accepted).toBe(8);
  });

  it('may work on the line, which then is the record for all that follow', async () => {
    const seen: unknown[] = [];
    const onLine: Processor = Object.assign((record: LogRecord) => ({ ...record, message: 'by record' }), {
      line: (line: string) => line.replace('raw ✓', 'hidden ✓'),
    });
    const { log, collected } = collectingLogger({
      processors: [onLine, (record) => (seen.push(record.message, record.fields), record), onLine],
    });
    log.info('raw ✓', { level: 'x', n: 1 });
    log.info('as it was');
    await log.flush();
    expect(seen).toEqual(['hidden ✓', { level: 'x', n: 1 }, 'as it was', {}]);
    expect(linesOf(collected)).toMatchObject([
      { message: 'hidden ✓', 'fields.level': 'x', n: 1, seq: 1 },
      { message: 'as it was', seq: 2 },
    ]);
    expect(collected.entries[0]!.record).toMatchObject({ message: 'hidden ✓', fields: { level: 'x' } });
  });

  it('may tell from its bytes that they keep the line, and are then not asked for another', async () => {
    const asked: string[] = [];
    const onLine: Processor = Object.assign((record: LogRecord) => record, {
      line: (line: string) => (asked.push(line), line.replace('raw', 'hidden')),
      keeps: ({ slab, view, start, end }: LineBytes) => {
        const text = Buffer.from(slab.subarray(start, end)).toString();
        asked.push(text);
        expect(view.getUint8(start)).toBe('{'.charCodeAt(0));
        if (text.includes('thrown')) throw new Error('on purpose');
        return !text.includes('raw ✓');
      },
    });
    const { log, collected } = collectingLogger({ processors: [onLine] });
    const failures = failuresOf(log);
    for (const message of ['raw', 'raw ✓', 'thrown', 'as it was']) log.info(message);
    await log.flush();
    expect(linesOf(collected).map(({ message }) => message)).toEqual(['raw', 'hidden ✓', 'as it was']);
    expect(asked.map((line) => (JSON.parse(line) as LogRecord).message)).toEqual(['raw', 'raw ✓', 'raw ✓', 'thrown', 'as it was']); // prettier-ignore
    expect(failures).toMatchObject([{ error: { code: 'MXL_PROCESSOR_THREW' } }]);
  });

  it('are given the record when its line does not say all of it, or one before has changed it', async () => {
    const lines: string[] = [];
    const onLine: Processor = Object.assign((record: LogRecord) => ({ ...record, message: 'by record' }), {
      line: (line: string) => (lines.push(line), line),
    });
    const formatted = collectingLogger({ processors: [onLine], format: winston.format.simple() });
    formatted.log.info('raw');
    const changed = collectingLogger({ processors: [(record) => ({ ...record, message: 'changed' }), onLine] });
    changed.log.info('raw');
    await Promise.all([formatted.log.flush(), changed.log.flush()]);
    expect([...linesOf(formatted.collected), ...linesOf(changed.collected)]).toMatchObject([
      { message: 'by record' },
      { message: 'by record' },
    ]);
    expect(lines).toEqual([]);
  });

  it('that throw over a line withhold the record', async () => {
    const onLine: Processor = Object.assign((record: LogRecord) => record, {
      line: () => {
        throw new Error('redaction failed');
      },
    });
    const { log, collected } = collectingLogger({ processors: [onLine] });
    const failures = failuresOf(log);
    log.info('raw');
    await log.flush();
    expect(collected.payloads).toEqual([]);
    expect(failures).toMatchObject([{ error: { code: 'MXL_PROCESSOR_THREW' }, records: 1 }]);
  });

  it('come from plugins by their type', async () => {
    const plugin = definePlugin({
      kind: 'processor',
      type: 'stamp',
      create: (options: { stamp: string }) => (record) => ({
        ...record,
        fields: { ...record.fields, stamp: options.stamp },
      }),
    });
    const { log, collected } = collectingLogger({
      plugins: [plugin],
      processors: [{ type: 'stamp', stamp: 'ok' }],
    });
    log.info('x');
    await log.flush();
    expect(linesOf(collected)[0]).toHaveProperty('stamp', 'ok');
  });
});
