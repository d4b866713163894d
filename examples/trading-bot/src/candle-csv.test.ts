import { formatAmount } from './amount';
import { parseCandles } from './candle-csv';

const header = 'open_time,open,high,low,close,volume';
const good = '1778464800000,81501.73000000,81572.40000000,81117.64000000,81169.08000000,491.97068000';
const next = '1778468400000,81169.09,81188.97,80525,80736.01,857.95581';

const parse = (...lines: string[]) => parseCandles(lines.join('\n'), 'x.csv');

describe('a candle file', () => {
  it('is read exactly', () => {
    const [first, second] = parse(header, good, next, '');
    expect(first?.openTime).toBe(1778464800000);
    expect([first?.open, first?.high, first?.low, first?.close, first?.volume].map((x) => formatAmount(x!))).toEqual([
      '81501.73',
      '81572.4',
      '81117.64',
      '81169.08',
      '491.97068',
    ]);
    expect(second?.openTime).toBe(1778468400000);
  });

  it('may come from Windows, with a byte order mark and CRLF', () => {
    expect(parseCandles(`\uFEFF${header}\r\n${good}\r\n${next}\r\n\r\n`, 'x.csv')).toHaveLength(2);
  });

  it('may have its columns in another order, and more of them', () => {
    const [candle] = parse('volume,close,low,trades,high,open,open_time', '7,2,1,99,4,3,1000');
    expect([candle?.openTime, formatAmount(candle!.open), formatAmount(candle!.volume)]).toEqual([1000, '3', '7']);
  });

  it('may stand still and trade nothing', () => expect(parse(header, '1,5,5,5,5,0')).toHaveLength(1));

  it.each([
    ['an empty file', [''], 'x.csv:1: no column open_time, open, high, low, close, volume in an empty first line'],
    ['a missing column', ['open_time,open,high,low,volume', '1,1,1,1,1'], "x.csv:1: no column close in 'open_time,"],
    ['a column twice', [`${header},close`, `${good},1`], 'x.csv:1: the column close is there twice'],
    ['no header', [good, next], 'x.csv:1: no column open_time'],
    ['a header alone', [header, ''], 'x.csv: has no candles'],
    ['a cut line', [header, good, '1778468400000,81169.09,811'], 'x.csv:3: 3 values for 6 columns'],
    ['a gap in the middle', [header, good, '', next], 'x.csv:3: an empty line'],
    ['a word for a price', [header, '1,1,1,1,abc,1'], "x.csv:2: close: 'abc' is not a decimal number"],
    ['an empty price', [header, '1,1,1,1,,1'], "x.csv:2: close: '' is not a decimal number"],
    ['an exponent', [header, '1,1,1,1,1e0,1'], "x.csv:2: close: '1e0' is not a decimal number"],
    ['a free price', [header, '1,0,1,0,1,1'], "x.csv:2: open: '0' is not a price"],
    ['a negative price', [header, '1,1,1,-1,1,1'], "x.csv:2: low: '-1' is not a price"],
    ['a negative volume', [header, '1,1,1,1,1,-1'], "x.csv:2: volume: '-1' is negative"],
    ['too many decimals', [header, '1,1,1,1,1,0.123456789'], "x.csv:2: volume: '0.123456789' has more than 8 decimals"],
    ['low over high', [header, '1,2,1,3,2,1'], 'x.csv:2: low 3 is over high 1'],
    ['a close above the high', [header, '1,2,3,1,4,1'], 'x.csv:2: high 3 is under open or close'],
    ['an open below the low', [header, '1,1,3,2,2,1'], 'x.csv:2: low 2 is over open or close'],
    ['a date for a time', [header, '2026-05-11,1,1,1,1,1'], "x.csv:2: open_time: '2026-05-11' is not a time in"],
    ['a time past the last', [header, `9${'0'.repeat(15)},1,1,1,1,1`], 'is not a time in milliseconds'],
    ['a time twice', [header, good, good], 'x.csv:3: open_time 1778464800000 is not after the line before'],
    ['time running backwards', [header, next, good], 'x.csv:3: open_time 1778464800000 is not after'],
  ])('with %s is refused, saying where', (_, lines, message) => expect(() => parse(...lines)).toThrow(message));

  it('that is not text is refused in one short printable line', () => {
    const binary = `\u0000\u001b[2J${'\uFFFD'.repeat(5000)}`;
    let message = '';
    try {
      parse(binary, good);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^x\.csv:1: no column [^\u0000-\u001f]{10,200}$/);
  });
});
