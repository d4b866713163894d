/** How our own records begin (DESIGN section 5). */
const OWN_START = '{"timestamp":"';
const OWN_START_BYTES = Buffer.from(OWN_START);

/** Records of others: ECS, bunyan, pino (milliseconds), GELF (seconds). A quotation mark within a text has a backslash before it. */
const JSON_TIME = /(?<!\\)"(?:@?timestamp|time)"\s*:\s*(?:"([^"]+)"|(\d+(?:\.\d+)?))/;

/** A text line says its time early: RFC 3339, or with a blank instead of the T. */
const TEXT_TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;
const TEXT_BYTES = 128;

/** Numbers below it are seconds: as milliseconds they would lie before 1973. */
const SECONDS_BELOW = 1e11;

/** The time of a line in milliseconds since 1970, as the line itself says; NaN when it says none. */
export function lineTime(line: Buffer): number {
  if (line[0] === 0x7b) {
    const own = line.length > OWN_START.length && OWN_START_BYTES.compare(line, 0, OWN_START.length) === 0;
    if (own) return Date.parse(line.toString('latin1', OWN_START.length, line.indexOf(0x22, OWN_START.length)));
    const [, text, number] = JSON_TIME.exec(line.toString('latin1')) ?? [];
    if (text !== undefined) return Date.parse(text);
    return Number(number) * (Number(number) < SECONDS_BELOW ? 1000 : 1);
  }
  const [text] = TEXT_TIME.exec(line.toString('latin1', 0, TEXT_BYTES)) ?? [];
  return text === undefined ? NaN : Date.parse(text.replace(',', '.'));
}
