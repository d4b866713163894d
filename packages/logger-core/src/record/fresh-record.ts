import { LEVELS } from '../level';
import { type HostFacts } from './host-fields';
import { type LineFacts } from './line-facts';
import { type LineText } from './line-text';
import { type Category, type Fields, type LogRecord } from './log-record';
import { toTimestamp } from './timestamp';

interface FreshLine {
  readonly line: LineText;
  readonly time: number;
  readonly rank: number;
  readonly category: Category;
  readonly logger: string;
}

/** Facts of a line whose fields were collected. */
type FieldFacts = LineFacts & { readonly fields: Fields; readonly host: HostFacts };

/** Whether there is all that a record is made of. */
export function hasFields(facts: LineFacts | undefined): facts is FieldFacts {
  return facts?.fields !== undefined;
}

/** What stands in a text in which a key may have been moved aside: `fields.level`. */
const ASIDE = 'fields.';

let latest: LogRecord | undefined;
let latestLine: LineText | undefined;
let latestFacts: LineFacts | undefined;

/** The record of a line that was just written. Reading it back from the line takes longer than writing it did. */
export function freshRecord({ line, time, rank, category, logger }: FreshLine, facts: FieldFacts): LogRecord {
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
