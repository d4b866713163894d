let cachedMs = Number.NaN;
let cachedText = '';

/**
 * RFC 3339 text of an instant, UTC, milliseconds. `toISOString` costs a third of a whole record, and a busy
 * logger asks for the same millisecond many times: the last one is kept.
 */
export function toTimestamp(ms: number): string {
  if (ms === cachedMs) return cachedText;
  // A simulated clock may give a fraction or nonsense; an unusable one must not throw at the caller.
  const date = new Date(ms);
  cachedText = Number.isNaN(date.getTime()) ? '1970-01-01T00:00:00.000Z' : date.toISOString();
  cachedMs = ms;
  return cachedText;
}
