/** A span of the calendar as text: `90d`, `2w`, `12mo`, `5y`. Months and years are those of the calendar in UTC. */
export type Period = `${number}${'d' | 'w' | 'mo' | 'y'}`;

const PERIOD = /^([1-9]\d{0,3})(d|w|mo|y)$/;

export function isPeriod(text: unknown): text is Period {
  return typeof text === 'string' && PERIOD.test(text);
}

/**
 * When a period is over that began at a time. Five years are five years, leap days included: 29 February becomes 1 March,
 * never a day too early.
 */
export function addPeriod(fromMs: number, period: Period): number {
  const [, digits = '0', unit = 'd'] = PERIOD.exec(period) ?? [];
  const count = Number(digits);
  const date = new Date(fromMs);
  if (unit === 'd' || unit === 'w') date.setUTCDate(date.getUTCDate() + count * (unit === 'w' ? 7 : 1));
  else {
    const day = date.getUTCDate();
    date.setUTCMonth(date.getUTCMonth() + count * (unit === 'y' ? 12 : 1), 1);
    // A day that the month has not spills over into the next one.
    date.setUTCDate(day);
  }
  return date.getTime();
}
