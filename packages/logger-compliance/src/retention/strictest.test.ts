import { addPeriod, isPeriod, type Period } from './period';
import { RETENTION_PRESETS, type RetentionPolicy } from './retention-policy';
import { strictest } from './strictest';

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const day = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 10);

describe('a period', () => {
  it.each<[string, Period, string]>([
    ['2026-11-21', '90d', '2027-02-19'],
    ['2026-11-21', '2w', '2026-12-05'],
    ['2026-11-30', '3mo', '2027-03-02'],
    ['2024-02-29', '5y', '2029-03-01'],
    ['2026-11-21', '5y', '2031-11-21'],
  ])('from %s of %s is over on %s, by the calendar and never too early', (from, period, end) => {
    expect(day(addPeriod(at(from), period))).toBe(end);
  });

  it('has one form', () => {
    for (const text of ['1d', '12mo', '7y']) expect(isPeriod(text)).toBe(true);
    for (const text of ['', '0d', '5', 'y', '5 y', '-1d', '1.5y', '12m', '99999d', 5])
      expect(isPeriod(text)).toBe(false);
  });
});

describe('the strictest of several policies', () => {
  const { mifid, mica, pci, gdpr } = RETENTION_PRESETS;
  const dates = (policies: readonly RetentionPolicy[], category: 'general' | 'trade' | 'audit') => {
    const { keep, erase, atHand, conflict } = strictest(policies, [category], at('2026-01-01'));
    return [keep, erase, atHand]
      .map((demand) => day(demand?.untilMs))
      .concat(conflict === undefined ? [] : ['conflict']);
  };

  it('is the longest duty, the shortest limit, the longest time at hand, each for its categories', () => {
    const house: RetentionPolicy = { name: 'house', source: 'the board', keepAtMost: '30d' };
    expect(dates([mifid, RETENTION_PRESETS['sec-17a-4'], mica], 'trade')).toEqual(['2032-01-01', undefined, undefined]);
    expect(dates([mica, RETENTION_PRESETS['mica-on-request']], 'trade')).toEqual(['2033-01-01', undefined, undefined]);
    expect(dates([mifid, gdpr, house], 'general')).toEqual([undefined, '2026-01-31', undefined]);
    expect(dates([pci], 'audit')).toEqual(['2027-01-01', undefined, '2026-04-01']);
    expect(dates([pci], 'trade')).toEqual([undefined, undefined, undefined]);
  });

  it('of a duty and a shorter limit is the duty, and says why', () => {
    expect(dates([mifid, gdpr], 'trade')).toEqual(['2031-01-01', '2026-04-01', undefined, 'conflict']);
    expect(strictest([mifid, gdpr], ['trade'], at('2026-01-01')).conflict).toBe(
      "gdpr wants the records gone after 90d (GDPR art. 5(1)(e), which names no number: 90 days are this package's default), " +
        'mifid wants them kept for 5y (MiFIR art. 25, RTS 24 (Reg. 2017/580), RTS 6 (Reg. 2017/589) art. 28): ' +
        'the duty to keep wins, GDPR art. 17(3)(b); they go when it is over',
    );
  });
});
