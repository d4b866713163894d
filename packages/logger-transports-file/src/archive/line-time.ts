/** How our JSON lines begin (DESIGN section 5). */
const HEAD = Buffer.from('{"timestamp":"');
const ISO_LENGTH = '2026-11-21T08:00:00.123Z'.length;

/** A time at the head of a line of text; without a zone it is this machine's, as it is where the text was made. */
const TEXT_TIME = /^\[?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,3}))?\d*(Z|[+-]\d\d:?\d\d)?/;

/** Names of the time in JSON lines that another formatter made. */
const KEYS = ['timestamp', '@timestamp', 'time', 'ts'];

/** When a line says that it was written, in milliseconds; undefined when it does not. */
export function lineTimeMs(line: Buffer): number | undefined {
  if (line.length > HEAD.length + ISO_LENGTH && line.compare(HEAD, 0, HEAD.length, 0, HEAD.length) === 0) {
    return valid(Date.parse(line.toString('latin1', HEAD.length, HEAD.length + ISO_LENGTH)));
  }
  const text = line.toString();
  if (text.startsWith('{')) return jsonTimeMs(text);
  const [, date, time, fraction = '0', zone = ''] = TEXT_TIME.exec(text) ?? [];
  return date === undefined ? undefined : valid(Date.parse(`${date}T${time}.${fraction.padEnd(3, '0')}${zone}`));
}

function jsonTimeMs(text: string): number | undefined {
  try {
    const record = JSON.parse(text) as Record<string, unknown>;
    const value = KEYS.map((key) => record[key]).find((one) => typeof one === 'string');
    return value === undefined ? undefined : valid(Date.parse(value));
  } catch {
    return undefined;
  }
}

function valid(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms;
}
