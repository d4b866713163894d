import { type Amount, parseAmount } from './amount';
import { type Candle } from './candle';

const columns = ['open_time', 'open', 'high', 'low', 'close', 'volume'] as const;
type Column = (typeof columns)[number];

const latestTime = 8.64e15; // the last millisecond that a Date can hold

/** What is wrong with a candle file, and where, in one line. */
export class CandleFileError extends Error {
  override readonly name = 'CandleFileError';

  constructor(file: string, problem: string, line?: number) {
    super(line === undefined ? `${file}: ${problem}` : `${file}:${line}: ${problem}`);
  }
}

/**
 * The candles of a CSV with the columns open_time, open, high, low, close, volume: in any order, others are left alone.
 *
 * @throws CandleFileError at the first mistake: a wrong candle must never be traded on.
 */
export function parseCandles(text: string, file: string): Candle[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const names = header.split(',').map((name) => name.trim());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const found = header.trim() === '' ? 'an empty first line' : `'${shortened(header)}'`;
    throw new CandleFileError(file, `no column ${missing.join(', ')} in ${found}`, 1);
  }
  const twice = names.find((name, index) => isColumn(name) && names.indexOf(name) !== index);
  if (twice !== undefined) throw new CandleFileError(file, `the column ${twice} is there twice`, 1);
  if (lines.length === 0) throw new CandleFileError(file, 'has no candles');

  const candles: Candle[] = [];
  lines.forEach((line, index) => {
    try {
      const candle = parseCandle(cellsOf(line, names));
      mustFollow(candles.at(-1), candle);
      candles.push(candle);
    } catch (error) {
      throw new CandleFileError(file, (error as Error).message, index + 2);
    }
  });
  return candles;
}

function cellsOf(line: string, names: readonly string[]): Record<Column, string> {
  if (line.trim() === '') throw new RangeError('an empty line');
  const values = line.split(',');
  if (values.length !== names.length) throw new RangeError(`${values.length} values for ${names.length} columns`);
  const cell = (column: Column) => (values[names.indexOf(column)] ?? '').trim();
  return Object.fromEntries(columns.map((column) => [column, cell(column)])) as Record<Column, string>;
}

function parseCandle(cells: Record<Column, string>): Candle {
  const candle = {
    openTime: parseTime(cells.open_time),
    open: price('open', cells),
    high: price('high', cells),
    low: price('low', cells),
    close: price('close', cells),
    volume: amount('volume', cells),
  };
  const { open, high, low, close, volume } = candle;
  if (volume < 0n) throw new RangeError(`volume: '${cells.volume}' is negative`);
  if (low > high) throw new RangeError(`low ${cells.low} is over high ${cells.high}`);
  if (open > high || close > high) throw new RangeError(`high ${cells.high} is under open or close`);
  if (open < low || close < low) throw new RangeError(`low ${cells.low} is over open or close`);
  return candle;
}

function parseTime(text: string): number {
  const time = Number(text);
  if (!/^\d+$/.test(text) || time > latestTime) {
    throw new RangeError(`open_time: '${shortened(text)}' is not a time in milliseconds`);
  }
  return time;
}

function price(column: Column, cells: Record<Column, string>): Amount {
  const value = amount(column, cells);
  if (value <= 0n) throw new RangeError(`${column}: '${cells[column]}' is not a price`);
  return value;
}

function amount(column: Column, cells: Record<Column, string>): Amount {
  try {
    return parseAmount(cells[column]);
  } catch (error) {
    throw new RangeError(`${column}: ${shortened((error as Error).message)}`, { cause: error });
  }
}

function mustFollow(previous: Candle | undefined, { openTime }: Candle): void {
  if (previous !== undefined && openTime <= previous.openTime) {
    throw new RangeError(`open_time ${openTime} is not after the line before`);
  }
}

function isColumn(name: string): name is Column {
  return (columns as readonly string[]).includes(name);
}

/** A binary file has lines of any length and any content; what a terminal shows has not. */
function shortened(text: string): string {
  const printable = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
  return printable.length <= 80 ? printable : `${printable.slice(0, 79)}…`;
}
