import { basename } from 'node:path';
import moment from 'moment';
import { literalPattern } from './literal-pattern';
import { LiveName } from './live-name';

function namer(datePattern: string, timeZone?: string): (time: string) => string {
  const name = new LiveName({ path: '/logs/%DATE%', datePattern, timeZone });
  return (time) => basename(name.at(Date.parse(time)));
}

describe('the name of the live file', () => {
  it('has the date of the zone', () => {
    const at = '2026-11-21T22:30:00Z';
    expect(namer('YYYY-MM-DD', 'UTC')(at)).toBe('2026-11-21');
    expect(namer('YYYY-MM-DD', 'Europe/Riga')(at)).toBe('2026-11-22');
    expect(namer('YYYY-MM-DD HH', 'America/New_York')(at)).toBe('2026-11-21 17');
    expect(namer('YYYY-MM-DD HH:mm', 'Asia/Kathmandu')(at)).toBe('2026-11-22 04:15');
    expect(namer('YYYY-MM-DD HH')(at)).toBe(moment(at).format('YYYY-MM-DD HH'));
  });

  it('skips the hour that DST takes away', () => {
    const riga = namer('YYYY-MM-DD-HH', 'Europe/Riga');
    const times = ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-03-29T02:00:00Z'];
    expect(times.map(riga)).toEqual(['2026-03-29-02', '2026-03-29-04', '2026-03-29-05']);
  });

  it('goes on with one file through the hour that DST gives twice', () => {
    const riga = namer('YYYY-MM-DD-HHmm', 'Europe/Riga');
    const times = ['2026-10-25T00:30:00Z', '2026-10-25T00:59:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:58:00Z'];
    expect(times.map(riga)).toEqual(['2026-10-25-0330', '2026-10-25-0359', '2026-10-25-0359', '2026-10-25-0359']);
    expect(['2026-10-25T01:59:00Z', '2026-10-25T02:00:00Z'].map(riga)).toEqual(['2026-10-25-0359', '2026-10-25-0400']);
  });

  it('does not go back with a clock that is put back by two hours, and follows one that was wrong by a day', () => {
    const utc = namer('YYYY-MM-DD-HH', 'UTC');
    expect(utc('2026-11-21T12:00:00Z')).toBe('2026-11-21-12');
    expect(utc('2026-11-21T10:00:00Z')).toBe('2026-11-21-12');
    expect(utc('2026-11-21T13:00:00Z')).toBe('2026-11-21-13');
    expect(utc('2026-11-21T15:00:00Z')).toBe('2026-11-21-15');
    expect(utc('2026-11-20T13:00:00Z')).toBe('2026-11-20-13');
    expect(utc('2026-11-20T14:00:00Z')).toBe('2026-11-20-14');
  });
});

describe('a literal pattern', () => {
  it.each(['app.log', 'a[b]c', '[x', 'x]', '[]', 'a]b[c]d', 'YYYY-MM', 'q\'uo"te', 'büße 日本.log', 'a:b*c?.log'])(
    'prints %s as it is',
    (text) => {
      expect(moment().format(literalPattern(text))).toBe(text);
    },
  );

  it('doubles a dollar for the replacement string that it ends in', () => {
    expect('%DATE%'.replace(/%DATE%/g, moment().format(literalPattern('a$&b$1')))).toBe('a$&b$1');
  });
});
