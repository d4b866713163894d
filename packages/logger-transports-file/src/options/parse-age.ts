/** How an age may be written, for messages. No m: it would be minutes to one reader and months to another. */
export const AGE_FORMS = "a number with s, h, d, w or y (a year has 365 days): '12h', '90d', '2w', '7y'";

const DAY_MS = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { s: 1000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS, y: 365 * DAY_MS };

/** Milliseconds of `'90d'`; undefined when it is no age. */
export function parseAge(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([shdwy])$/.exec(value.toLowerCase()) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN);
  return Number.isSafeInteger(Math.round(ms)) && ms > 0 ? ms : undefined;
}
