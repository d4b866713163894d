import { testRecord } from '@metaexpert/logger-core/testing';
import { text } from './text';

describe('the text format', () => {
  it('is one line: time, level, logger, message, fields', () => {
    const record = testRecord({ fields: { symbol: 'BTCUSDT', note: 'two words', size: { a: 1 } } });
    expect(text(record)).toBe(
      '2026-11-21T08:00:00.123Z INFO test: order placed symbol=BTCUSDT note="two words" size={"a":1}',
    );
  });

  it('escapes what would begin a new line or drive a terminal', () => {
    const record = testRecord({ message: 'a\n2026 FORGED', logger: 'x\u001b[31m', fields: { k: 'v\r\nw', 'a\nb': 1 } });
    const line = text(record);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line).toContain('a\\n2026 FORGED');
  });

  it('prints an error below, with its code and its causes, indented', () => {
    const cause = { name: 'RangeError', message: 'price', stack: 'RangeError: price\n    at a.js:1' };
    const error = { name: 'Error', message: 'rejected', code: 'E42', stack: 'Error: rejected\n    at b.js:2', cause };
    const lines = text(testRecord({ error })).split('\n');
    expect(lines.slice(1)).toEqual([
      '  Error: rejected [E42]',
      '      at b.js:2',
      '  caused by RangeError: price',
      '      at a.js:1',
    ]);
  });
});
