import { testRecord } from '@metaexpert/logger-core/testing';
import { parse } from 'csv-parse/sync';
import { createCsv, csv, CSV_COLUMNS, csvHeader } from './csv';
import { error } from './error';
import { performance } from './performance';
import { createTrade, trade } from './trade';

const CAMEL = {
  event: 'order_filled', symbol: 'BTCUSDT', side: 'BUY', orderType: 'LIMIT', quantity: '0.01500000', price: '64123.50',
  orderId: 'A1', clientOrderId: 'C1', tradeId: 9, strategyId: 1001, exchange: 'binance', fee: '0.00001500', feeAsset: 'BTC',
  position: '0.015', realizedPnl: '-12.30', latencyMs: 4.5,
}; // prettier-ignore
const SNAKE = Object.fromEntries(
  Object.entries(CAMEL).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
);

describe('the trade format', () => {
  it.each([
    ['camelCase', CAMEL],
    ['snake_case', SNAKE],
  ])('is one flat object in one order, from %s', (_name, fields) => {
    // prettier-ignore
    const backwards = Object.fromEntries(Object.entries(fields).reverse());
    const line = trade(testRecord({ level: 'trade', category: 'trade', message: 'order filled', fields: backwards }));
    const { time, message, level, logger, category, seq, id, ...rest } = JSON.parse(line);
    expect(rest).toEqual(CAMEL);
    expect(Object.keys(rest)).toEqual(Object.keys(CAMEL));
    expect({ time, message, level, logger, category, seq, id }).toEqual({
      ...{
        time: '2026-11-21T08:00:00.123Z',
        message: 'order filled',
        level: 'trade',
        logger: 'test',
        category: 'trade',
      },
      ...{ seq: 1, id: 'TEST-1' },
    });
  });

  it('keeps decimal strings as they came, and what it does not know', () => {
    const fields = {
      price: '0.10',
      qty: 1e-7,
      note: 'x',
      tags: ['a'],
      venue: { name: 'v', tier: { n: 1 } },
      time: 5,
      orderId: 1,
      order_id: 2,
    };
    expect(JSON.parse(trade(testRecord({ fields })))).toMatchObject({
      ...{
        price: '0.10',
        quantity: 1e-7,
        note: 'x',
        tags: ['a'],
        'venue.name': 'v',
        'venue.tier.n': 1,
        'fields.time': 5,
      },
      ...{ orderId: 1, order_id: 2, event: 'order placed' },
    });
  });

  it('loses no field when two of them would have one name', () => {
    const fields = { a: { b: 1 }, 'a.b': 2, 'c.d': 3, c: { d: 4, e: 5 } };
    const line = JSON.parse(trade(testRecord({ fields })));
    expect(line).toMatchObject({ 'a.b': 1, 'c.d': 3, fields: { 'a.b': 2, c: { d: 4, e: 5 } } });
    const odd = JSON.parse(
      trade(testRecord({ fields: { position: { size: '1' }, 'error.name': 'mine', __proto__x: 1 } })),
    );
    expect(odd).toMatchObject({ 'position.size': '1', 'fields.error.name': 'mine' });
  });

  it('renames and leaves out', () => {
    const line = createTrade({
      rename: { note: 'remark' },
      exclude: ['id', 'seq', 'logger'],
      timestamp: { epoch: 'ms' },
    })(testRecord({ fields: { note: 'x' } }));
    expect(JSON.parse(line)).toEqual({
      ...{ time: Date.parse('2026-11-21T08:00:00.123Z'), event: 'order placed', remark: 'x', level: 'info' },
      category: 'general',
    });
  });
});

describe('the performance format', () => {
  it('begins with what was measured', () => {
    const fields = { host_load: 1, duration_ms: 12.5, operation: 'fetch', outcome: 'ok', thresholdMs: 10, slow: true };
    const line = JSON.parse(performance(testRecord({ category: 'performance', fields })));
    expect(Object.keys(line).slice(0, 7)).toEqual(
      ['time', 'operation', 'durationMs', 'outcome', 'thresholdMs', 'slow', 'host_load'], // prettier-ignore
    );
    expect(line).toMatchObject({ durationMs: 12.5, message: 'order placed', category: 'performance' });
  });
});

describe('the error format', () => {
  it('has frames, details, and the whole chain of causes as a list', () => {
    const root = { name: 'RangeError', message: 'price', stack: 'RangeError: price\n    at a.js:1' };
    const middle = {
      name: 'Error',
      message: 'two\n    at lines',
      code: 5,
      stack: 'Error: two\n    at lines\n    at b.js:2\n    at c.js:3',
      cause: root,
    };
    const top = {
      name: 'TypeError',
      message: 'rejected',
      stack: 'TypeError: rejected\n    at d.js:4',
      orderId: 'A1',
      cause: middle,
      errors: [root, 'text'],
    };
    expect(JSON.parse(error(testRecord({ level: 'error', error: top, fields: { symbol: 'X' } })))).toMatchObject({
      error: {
        ...{ name: 'TypeError', message: 'rejected', frames: ['at d.js:4'], details: { orderId: 'A1' } },
        errors: [{ name: 'RangeError', message: 'price', frames: ['at a.js:1'] }, 'text'],
      },
      causes: [
        { name: 'Error', message: 'two\n    at lines', code: 5, frames: ['at b.js:2', 'at c.js:3'] },
        { name: 'RangeError', message: 'price', frames: ['at a.js:1'] },
      ],
      fields: { symbol: 'X' },
    });
  });

  it('keeps a cause that is no error', () => {
    const thrown = { name: 'Error', message: 'x', cause: 'plain text' };
    expect(JSON.parse(error(testRecord({ error: thrown }))).causes).toEqual(['plain text']);
  });
});

describe('CSV', () => {
  const read = (text: string, options: object = {}): Record<string, string>[] =>
    parse(text, { columns: true, ...options });

  it('has a header, the columns of a trade, and the rest as JSON', () => {
    const record = testRecord({ fields: { ...SNAKE, note: 'a, "b"' } });
    const [row] = read(`${csvHeader()}\n${csv(record)}\n`);
    expect(Object.keys(row!)).toEqual(CSV_COLUMNS);
    expect(row).toMatchObject({
      symbol: 'BTCUSDT',
      price: '64123.50',
      orderId: 'A1',
      latencyMs: '4.5',
      event: 'order_filled',
    });
    expect(JSON.parse(row!['fields']!)).toEqual({ note: 'a, "b"' });
  });

  it('takes other columns and separators, and tells an empty text from none', () => {
    const options = { columns: ['symbol', 'host', 'note', 'empty', 'seq', 'timestamp'], separator: ';' } as const;
    const line = createCsv(options)(testRecord({ fields: { symbol: 'a;b', note: '', other: 1 } }));
    expect(line).toBe('"a;b";;"";;1;2026-11-21T08:00:00.123Z');
    expect(csvHeader(options)).toBe('symbol;host;note;empty;seq;timestamp');
  });

  it('makes no formula of a text when asked, and leaves numbers', () => {
    const guarded = createCsv({ columns: ['a', 'b', 'c', 'd', 'e'], guardFormulas: true });
    const fields = { a: '=HYPERLINK("http://x")', b: '-0.5', c: '@x', d: -1, e: '+cmd' };
    expect(guarded(testRecord({ fields }))).toBe(`"'=HYPERLINK(""http://x"")",-0.5,'@x,-1,'+cmd`);
  });

  it('refuses columns that it could not tell apart', () => {
    expect(() => createCsv({ columns: ['a', 'a'] })).toThrow('columns: must be names, each of them once');
    expect(() => createCsv({ columns: [] })).toThrow('columns');
  });
});
