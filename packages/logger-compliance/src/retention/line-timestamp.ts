const KEY = Buffer.from('"timestamp":"');
const HEAD_BYTES = 1024;

/** When a line's record was made, from its JSON as it stands; undefined where it tells no time. In ms since 1970. */
export function lineTimestamp(bytes: Buffer, start: number, end: number): number | undefined {
  const head = bytes.subarray(start, Math.min(end, start + HEAD_BYTES));
  const at = head.indexOf(KEY);
  if (at < 0) return undefined;
  const begin = at + KEY.length;
  const ms = Date.parse(head.toString('latin1', begin, head.indexOf(34, begin)));
  return Number.isNaN(ms) ? undefined : ms;
}
