import { lineTime } from './line-time';

describe('the time of a line', () => {
  const instant = Date.parse('2026-11-21T08:00:00.123Z');
  const timeOf = (line: string): number => lineTime(Buffer.from(line));

  it.each([
    ['our own record', '{"timestamp":"2026-11-21T08:00:00.123Z","level":"info"}'],
    ['a torn record', '{"timestamp":"2026-11-21T08:00:00.123Z","lev'],
    ['ECS', '{"@timestamp":"2026-11-21T08:00:00.123Z"}'],
    ['winston', '{"level":"info","message":"\\"time\\":\\"2000-01-01\\"","timestamp":"2026-11-21T08:00:00.123Z"}'],
    ['pino', '{"level":30,"time":1795248000123,"msg":"x"}'],
    ['GELF', '{"version":"1.1","timestamp":1795248000.123}'],
    ['logfmt', 'timestamp=2026-11-21T08:00:00.123Z level=info'],
    ['RFC 5424', '<134>1 2026-11-21T08:00:00.123Z host app - - - message'],
    ['a text with an offset', '[2026-11-21 10:00:00,123+02:00] message'],
  ])('is found in %s', (_, line) => {
    expect(timeOf(line)).toBe(instant);
  });

  it.each(['', '  at f (a.js:1:1)', '{"message":"no time"}', '{"timestamp":"yesterday"}', '{', '21.11.2026 08:00'])(
    'is none in %j',
    (line) => {
      expect(timeOf(line)).toBeNaN();
    },
  );
});
