import { readLines } from '../verification/read-lines';

/** What was read of a log. */
export interface RecordsRead {
  /** Records of the time asked for. */
  readonly records: number;
  /** Lines that are no JSON records: text formats, torn ends. */
  readonly unreadable: number;
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
}

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Reads the records of a span of time out of the files of a log, and passes over the lines of its seal. */
export async function readRecords(
  files: readonly string[],
  { fromMs, toMs }: TimeSpan,
  visit: (record: Readonly<Record<string, unknown>>, timestamp: string) => void,
): Promise<RecordsRead> {
  let [records, unreadable] = [0, 0];
  let [firstTime, lastTime]: (string | undefined)[] = [];
  const line = (bytes: Buffer, start: number, end: number): void => {
    const record = parse(bytes.toString('utf8', start, end));
    if (record === undefined) {
      unreadable += 1;
      return;
    }
    const { timestamp } = record;
    const time = Date.parse(timestamp);
    if ('seal' in record || time < fromMs || time > toMs) return;
    records += 1;
    if (firstTime === undefined || timestamp < firstTime) firstTime = timestamp;
    if (lastTime === undefined || timestamp > lastTime) lastTime = timestamp;
    visit(record, timestamp);
  };
  for (const file of files) {
    const { rest } = await readLines(file, line);
    if (rest !== undefined) unreadable += 1;
  }
  return { records, unreadable, firstTime, lastTime };
}

type Parsed = Readonly<Record<string, unknown>> & { readonly timestamp: string };

function parse(text: string): Parsed | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null) return undefined;
    const { timestamp } = value as { timestamp?: unknown };
    return typeof timestamp === 'string' && !Number.isNaN(Date.parse(timestamp)) ? (value as Parsed) : undefined;
  } catch {
    return undefined;
  }
}
