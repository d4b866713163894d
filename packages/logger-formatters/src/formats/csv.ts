import { ConfigError, definePlugin, type Fields, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { visible } from '../escape/visible';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { emptyFields } from '../record/field-path';
import { ownValue, TRAILING_KEYS } from '../record/own-keys';
import { createTimestamp, TIMESTAMP_SCHEMA, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { type Slot, slotKey, TRADE_SLOTS } from './trade-slots';

/** The columns of `csv` unless other ones are asked for. */
export const CSV_COLUMNS: readonly string[] = [
  ...['time', 'event', ...TRADE_SLOTS.map(([name]) => name)],
  ...['message', 'level', 'logger', 'error', 'fields', 'id'],
];

/** Options of a CSV formatter. */
export interface CsvOptions extends FieldChoice {
  /**
   * Names of fields, of a trade's slots, of the record's own keys, `time`, `event`, and `fields` for all that has no column.
   *
   * @default CSV_COLUMNS
   */
  columns?: readonly string[];
  /** @default ',' */
  separator?: ',' | ';' | '\t' | '|';
  /**
   * Whether a text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@` first, and no number) gets an apostrophe
   * before it. A program that reads the file gets it too.
   *
   * @default false
   */
  guardFormulas?: boolean;
  timestamp?: TimestampOptions;
}

type Cell = (record: LogRecord, used: Set<string>) => unknown;

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const SLOTS = new Map<string, Slot>([...TRADE_SLOTS, ['event'] as const].map((slot) => [slot[0], slot]));
const OWN: ReadonlySet<string> = new Set(['level', 'message', 'logger', 'category', 'error', ...TRAILING_KEYS]);

/**
 * Makes a formatter of one CSV line a record (RFC 4180), for trades: the columns of a trade, each from the field of its name or
 * of its snake_case, and what has no column as JSON in `fields`. Line ends in a value are shown, so a record is a line.
 * {@link csvHeader} gives the line of names. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for no columns, a column that comes twice, or a zone that is none
 */
export function createCsv(options: CsvOptions = {}): Formatter {
  const { columns = CSV_COLUMNS, separator = ',', guardFormulas = false, timestamp } = options;
  if (columns.length === 0 || new Set(columns).size < columns.length) {
    throw new ConfigError([{ path: 'columns', message: 'must be names, each of them once' }]);
  }
  const cells = columns.map((name) => createCell(name, createTimestamp(timestamp)));
  const rest = columns.indexOf('fields');
  const encode = createEncoder(separator, guardFormulas);
  return createFormatter(options, (record: LogRecord) => {
    const used = new Set<string>();
    const texts = cells.map((cell) => encode(cell(record, used)));
    if (rest >= 0) texts[rest] = encode(unused(record.fields, used));
    return texts.join(separator);
  });
}

/** The line of names that belongs to a CSV formatter with these options. */
export function csvHeader({ columns = CSV_COLUMNS, separator = ',' }: CsvOptions = {}): string {
  return columns.map(createEncoder(separator, false)).join(separator);
}

/** The CSV formatter with its defaults. */
export const csv: Formatter = createCsv();

/** What `format: 'csv'` in plain configuration means. */
export const csvPlugin = definePlugin({
  kind: 'formatter',
  type: 'csv',
  schema: {
    ...FIELD_CHOICE_SCHEMA,
    columns: { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
    separator: { enum: [',', ';', '\t', '|'] },
    guardFormulas: { type: 'boolean' },
    timestamp: TIMESTAMP_SCHEMA,
  },
  create: (options: CsvOptions) => createCsv(options),
});

function createCell(name: string, time: (record: LogRecord) => string): Cell {
  if (name === 'time' || name === 'timestamp') return time;
  if (name === 'fields') return () => undefined;
  if (name === 'error') return ({ error }) => error;
  if (OWN.has(name)) {
    return (record) => (name === 'level' || name === 'message' ? record[name] : ownValue(record, name as 'logger'));
  }
  const slot = SLOTS.get(name) ?? ([name] as const);
  return ({ fields }, used) => {
    const key = slotKey(fields, slot) ?? (Object.hasOwn(fields, name) ? name : undefined);
    if (key === undefined) return undefined;
    used.add(key);
    return fields[key];
  };
}

function unused(fields: Readonly<Fields>, used: ReadonlySet<string>): Fields | undefined {
  let left: Fields | undefined;
  for (const key of Object.keys(fields)) if (!used.has(key)) (left ??= emptyFields())[key] = fields[key];
  return left;
}

/** Quotes where RFC 4180 asks for them, and around an empty text, so that it differs from a value that is not there. */
function createEncoder(separator: string, guardFormulas: boolean): (value: unknown) => string {
  return (value) => {
    if (value === undefined) return '';
    let text = typeof value === 'string' ? visible(value) : jsonText(value);
    if (guardFormulas && typeof value === 'string' && FORMULA.test(text) && !NUMBER.test(text)) text = `'${text}`;
    return text === '' || text.includes('"') || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  };
}
