import { ConfigError } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import { createText } from './text';

const record = testRecord({
  fields: { symbol: 'BTCUSDT', note: 'two words', account: { id: 7, tier: 'gold' } },
  ...{ pid: 4711, host: 'h1', seq: 17, source: 'bot.ts:42' },
});
const text = (template: string): string => createText({ template })(record);

describe('a template', () => {
  it('places what the record has, and the fields that it does not name', () => {
    expect(text('{seq}/{pid}@{host} {category} {source} {fields.symbol}: {message}{fields}')).toBe(
      '17/4711@h1 general bot.ts:42 BTCUSDT: order placed note="two words" account={"id":7,"tier":"gold"}',
    );
    expect(text('{fields.account.id}{fields}')).toBe('7 symbol=BTCUSDT note="two words" account={"tier":"gold"}');
  });

  it('fills to a width, on either side, and cuts nothing', () => {
    expect(text('[{level:-8}][{seq:5}][{message:3}]')).toBe('[info    ][   17][order placed]');
  });

  it('has braces by two of them, and nothing for what is not there', () => {
    expect(text('{{{level}}} {traceId}{fields.missing}{error}|')).toBe('{info} |');
  });

  it('names every word that it does not know, and the nearest one', () => {
    const mistake = (): unknown => createText({ template: '{mesage} {fields.x} {} { }' });
    expect(mistake).toThrow(ConfigError);
    expect(mistake).toThrow(
      /template: '\{mesage\}' is not one of .*\(did you mean '\{message\}'\?\)\ntemplate: '\{\}'.*\ntemplate: /,
    );
    expect(() => createText({ template: 'a { b' })).toThrow("a single '{' is no text: write '{{'");
  });

  it('does not look for words in what it has put in', () => {
    expect(createText({ template: '{message}' })(testRecord({ message: '{level} $& $1' }))).toBe('{level} $& $1');
  });
});
