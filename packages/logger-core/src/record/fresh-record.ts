import { LEVELS } from '../level';
import { type HostFacts } from './host-fields';
import { type LineText } from './line-text';
import { type Category, type Fields, type LogRecord } from './log-record';
import { toTimestamp } from './timestamp';

/** What is known of a line while it is written, and would have to be read back from it afterwards. */
export interface LineFacts {
  readonly message: string;
  /** The fields as the line has them, under their own names. */
  readonly fields: Readonly<Fields>;
  readonly host: HostFacts;
  readonly seq: number;
  readonly instance: string;
  /** Where the fields stand in the line, from the comma before the first to the end of the last. */
  readonly from: number;
  readonly to: number;
}

interface FreshLine {
  readonly line: LineText;
  readonly time: number;
  readonly rank: number;
  readonly category: Category;
  readonly logger: string;
}

/** What stands in a text in which a key may have been moved aside: `fields.level`. */
const ASIDE = 'fields.';

let latest: LogRecord | undefined;
let latestLine: LineText | undefined;
let latestFacts: LineFacts | undefined;

/** The record of a line that was just written. Reading it back from the line takes longer than writing it did. */
export function freshRecord({ line, time, rank, category, logger }: FreshLine, facts: LineFacts): LogRecord {
  const { message, fields, host, seq, instance } = facts;
  latestLine = line;
  latestFacts = facts;
  latest = Object.freeze({
    timestamp: toTimestamp(time),
    time,
    level: LEVELS[rank] ?? 'info',
    logger,
    message,
    category,
    fields,
    pid: host.pid,
    thread: host.thread,
    host: host.host,
    seq,
    id: `${instance}-${seq}`,
  });
  return latest;
}

/**
 * JSON of a record's fields, `{"symbol":"BTCUSDT"}`, where it stands ready because the record was just made by a logger; else
 * undefined. For formatters that write JSON.
 */
export function fieldsText(record: LogRecord): string | undefined {
  if (record !== latest || latestLine === undefined || latestFacts === undefined) return undefined;
  const { from, to } = latestFacts;
  const text = latestLine.slice(from + 1, to);
  // Looked for in what is one piece: V8 would have to join the text with its brackets first.
  return text.includes(ASIDE) ? undefined : `{${text}}`;
}

/** Whether the record's fields and error are plain JSON values for sure, because it was just made by a logger. */
export function isFresh(record: LogRecord): boolean {
  return record === latest;
}
