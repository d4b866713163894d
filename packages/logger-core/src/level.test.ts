import fc from 'fast-check';
import { LEVELS, parseCallLevel, parseLevel, SEVERITIES } from './level';

describe('levels', () => {
  it('are six, most severe first, with the syslog severities 2 to 7', () => {
    expect(LEVELS).toEqual(['critical', 'error', 'warning', 'trade', 'info', 'debug']);
    expect(LEVELS.map((level) => SEVERITIES[level])).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('are understood in any letter case', () => {
    const anyCase = fc.constantFrom(...LEVELS).chain((level) =>
      fc.array(fc.boolean(), { minLength: level.length, maxLength: level.length }).map((upper) => ({
        level,
        written: upper.map((one, index) => (one ? level.charAt(index).toUpperCase() : level.charAt(index))).join(''),
      })),
    );
    fc.assert(fc.property(anyCase, ({ level, written }) => parseLevel(written) === level));
  });

  it('have the aliases warn and fatal in configuration, and no others', () => {
    expect(parseLevel('WARN')).toBe('warning');
    expect(parseLevel('Fatal')).toBe('critical');
    for (const word of ['silly', 'verbose', 'notice', '', 'constructor', 'toString', 3, null, undefined]) {
      expect(parseLevel(word)).toBeUndefined();
    }
  });

  it('understand the words of other level sets in a call', () => {
    const words = {
      emerg: 'critical',
      crit: 'critical',
      notice: 'info',
      http: 'info',
      verbose: 'debug',
      silly: 'debug',
      trace: 'debug',
    };
    for (const [word, level] of Object.entries(words)) expect(parseCallLevel(word)).toBe(level);
    expect(parseCallLevel('constructor')).toBeUndefined();
  });
});
