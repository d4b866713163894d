import fc from 'fast-check';
import { failuresOf } from '../../test/loggers';
import { withContext } from '../context/ambient';
import { decodeSpooled, encodeSpooled } from '../destination/spooled-entry';
import { type QueuedEntry } from '../destination/queued-entry';
import { type Formatter } from '../formatters/formatter';
import { createLogger } from '../logger/create-logger';
import { type Logger } from '../logger/logger';
import { CollectingTransport, destinationOf } from '../testing';
import { type LineDraft } from './line-draft';
import { type LogRecord } from './log-record';
import { Stamp } from './stamp';

const COMMA = new Stamp(',');
const WIDE = new Stamp('"§",');

/** A formatter that says all there is, from the record or from its line. */
function allParts(during?: () => void): { format: Formatter; written: () => number } {
  let written = 0;
  const format = ({ timestamp, level, logger, message, category, fields, pid, thread, host, seq, id }: LogRecord): string =>
    JSON.stringify(['§', timestamp, message, id, seq, level, logger, category, pid, thread, host, Object.entries(fields), fields]); // prettier-ignore
  const write = (draft: LineDraft): void => {
    written += 1;
    during?.();
    const { level, logger, category, pid, thread, host } = draft;
    draft.text('[');
    draft.stamp(WIDE);
    draft.writeTimestamp();
    draft.stamp(COMMA);
    draft.writeMessage();
    draft.stamp(COMMA);
    draft.writeId();
    draft.stamp(COMMA);
    draft.writeSeq();
    draft.text(`,${JSON.stringify([level, logger, category, pid, thread, host]).slice(1, -1)},[`);
    for (let i = 0; i < draft.count; i++) {
      const key = draft.key(i);
      expect(draft.field(key)).toEqual(draft.value(i));
      draft.text(`${i === 0 ? '' : ','}[${JSON.stringify(key)},`);
      draft.writeValue(i);
      draft.text(']');
    }
    draft.text('],{');
    if (!draft.movedAside) draft.writeMembers();
    draft.text('}]');
  };
  return { format: Object.assign(format, { write }), written: () => written };
}

/** The same without the names that differ where a key was moved aside, and in the order of a line. */
function parsed(payload: string): unknown[] {
  const parts = JSON.parse(payload) as unknown[];
  return parts.slice(0, -2).concat([new Map(parts.at(-2) as [string, unknown][])]);
}

function twice(options: object = {}, during?: (log: Logger) => void) {
  const fromLine = new CollectingTransport();
  const common = { name: 'bot', sources: false, exitHooks: false, ...options };
  const parts = allParts(() => during?.(log));
  const log = createLogger({ ...common, destinations: [destinationOf(fromLine, { format: parts.format })] });
  const compare = (): void => {
    // Made later, by the formatter itself, of the record that a transport is given.
    const fromRecord = fromLine.entries.map(({ record }) => parts.format(record));
    expect(fromLine.payloads.map(parsed)).toEqual(fromRecord.map(parsed));
  };
  return { log, fromLine, compare, written: parts.written };
}

describe('a formatter that writes lines', () => {
  it('writes what it would have made of the record, whatever the fields are', async () => {
    const { log, compare, written } = twice();
    const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true });
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('level', 'fields.level', '__proto__', 'password', 'id')); // prettier-ignore
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.dictionary(key, value), (message, fields) => {
        log.info(message, fields);
      }),
      { numRuns: 500 },
    );
    await log.close();
    compare();
    expect(written()).toBe(500);
  });

  it.each<[string, number, (log: Logger) => void, object]>([
    ['no fields', 1, (log) => log.info('x'), {}],
    ['texts longer than a slab', 1, (log) => log.info('é'.repeat(50_000), { note: 'n'.repeat(90_000), b: 1 }), {}],
    ['bound fields', 2, (log) => log.child({ symbol: 'BTCÜSDT', n: 1 }).info('x', { price: 1.5 }).info('y'), {}],
    ['bound fields that are overridden', 1, (log) => log.child({ a: 1, b: 2 }).info('x', { b: 3 }), {}],
    ['bound fields moved aside', 1, (log) => log.child({ level: 1 }).info('x', { b: 3 }), {}],
    ['bound fields moved aside beside numbers', 1, (log) => log.child({ level: 1, 2: 'b' }).info('x', { 1: 'a' }), {}],
    ['long bound fields', 2, (log) => log.child({ a: 'é'.repeat(300) }).child({ b: 1 }).info('x', { c: 2 }).info('y'), {}], // prettier-ignore
    ['a context', 1, (log) => withContext({ run: 1 }, () => log.info('x', { a: [1, { b: 2 }] })), {}],
    ['another category than the level has', 2, (log) => log.info('x', { category: 'performance', a: 1 }).info('y', { event_type: 'trade', b: 2 }), {}], // prettier-ignore
    ['a getter that throws', 1, (log) => log.info('x', { get a(): never { throw new Error('no'); }, b: 1 }), {}], // prettier-ignore
    ['a getter that logs', 1, (log) => log.info('x', { a: 1, get b() { log.info('inner', { c: 3, d: 4, e: 5 }); return 2; }, f: 6 }), {}], // prettier-ignore
    ['values that JSON has no word for', 1, (log) => log.info('x', { a: undefined, b: NaN, c: null, d: -0 }), {}],
    ['more keys than are kept', 1, (log) => log.info('x', Object.fromEntries(Array.from({ length: 1100 }, (_, i) => [`k${i}`, i]))), {}], // prettier-ignore
    ['an error', 0, (log) => log.error('x', new Error('no'), { a: 1 }), {}],
    ['trace ids', 0, (log) => log.info('x', { traceId: 't', a: 1 }), {}],
    ['less than was given', 0, (log) => log.info('x', { a: 'y'.repeat(2_000_000) }), {}],
    ['no host', 0, (log) => log.info('x', { a: 1 }), { fields: { host: false } }],
    ['a simulated clock', 0, (log) => log.info('x', { a: 1 }), { clock: { now: () => 1e12, simulated: true } }],
    ['a processor that changes it', 0, (log) => log.info('x', { a: 1 }), { processors: [(r: LogRecord) => ({ ...r, message: 'z' })] }], // prettier-ignore
    ['a processor that does not', 1, (log) => log.info('x', { a: 1 }), { processors: [(r: LogRecord) => r] }],
  ])('is given the line or the record, and says the same, of a record with %s', async (_, lines, act, options) => {
    const { log, compare, written, fromLine } = twice(options);
    act(log);
    await log.close();
    expect(fromLine.payloads.length).toBeGreaterThan(0);
    compare();
    expect(written()).toBe(lines);
  });

  it('is not given the line when a processor has logged since: the marks are those of the other', async () => {
    const processors = [
      (record: LogRecord): LogRecord => {
        if (record.message === 'outer') log.info('inner', { x: 'another', y: 'record' });
        return record;
      },
    ];
    const { log, compare, fromLine } = twice({ processors });
    log.info('outer', { a: 1, b: 2 });
    await log.close();
    compare();
    expect(fromLine.messages.toSorted()).toEqual(['inner', 'outer']);
  });

  it('may log itself', async () => {
    const { log, compare, fromLine } = twice({}, (self) => void self.info('from within', { depth: 1 }));
    log.info('outer', { a: 1 });
    await log.close();
    compare();
    expect(fromLine.messages).toContain('from within');
  });

  it('that throws costs its destination the format and not the record', async () => {
    const transport = new CollectingTransport();
    const format: Formatter = Object.assign(() => 'never', {
      write: (draft: LineDraft) => {
        draft.text('half of it');
        if (draft.field('bad') === true) throw new Error('cannot write');
      },
    });
    const log = createLogger({ name: 'bot', sources: false, exitHooks: false, destinations: [destinationOf(transport, { format })] }); // prettier-ignore
    const failures = failuresOf(log);
    log.info('x', { bad: true }).info('y', { bad: false });
    await log.close();
    expect(JSON.parse(transport.payloads[0] as string)).toMatchObject({ message: 'x', formatError: 'cannot write' });
    expect(transport.payloads[1]).toBe('half of it');
    expect(failures.map(({ error }) => (error as { code?: string }).code)).toContain('MXL_FORMATTER_THREW');
  });

  it('has its text and the record kept apart in a spool', async () => {
    const { log, fromLine } = twice();
    log.info('ünsent', { a: 1, level: 'own' });
    await log.close();
    const [entry] = fromLine.entries as QueuedEntry[];
    const again = decodeSpooled(encodeSpooled(entry as QueuedEntry));
    expect(again.payload).toBe(fromLine.payloads[0]);
    expect(again.record).toEqual(entry?.record);
    expect(again.bytes).toBe(Buffer.byteLength(again.payload));
    expect(again.line).toBeUndefined();
  });

  it('shares its text among destinations, also with one that keeps few of the records', async () => {
    const [all, few] = [new CollectingTransport(), new CollectingTransport()];
    const { format, written } = allParts();
    const log = createLogger({
      ...{ name: 'bot', sources: false, exitHooks: false },
      destinations: [destinationOf(all, { format }), destinationOf(few, { format, filter: { match: { keep: true } } })],
    });
    for (let i = 0; i < 10; i++) log.info('x', { i, keep: i % 5 === 0 });
    await log.close();
    expect(written()).toBe(10);
    expect(few.payloads).toEqual([all.payloads[0], all.payloads[5]]);
  });
});
