/** How a size may be written, for messages. */
export const SIZE_FORMS = "a number of bytes, or a number with k, m, g or t: 500000, '10m', '1.5g'";

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Bytes of `'10m'`, `'5g'`, 500000; undefined when it is no size. */
export function parseSize(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 1 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmgt]?)$/.exec(value.toLowerCase()) ?? [];
  const bytes = Math.floor(Number(number) * (UNITS[unit] ?? Number.NaN));
  return Number.isSafeInteger(bytes) && bytes >= 1 ? bytes : undefined;
}
