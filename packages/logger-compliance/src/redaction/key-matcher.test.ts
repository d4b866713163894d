import { KeyMatcher } from './key-matcher';
import { parsePath } from './key-path';

describe('a key matcher', () => {
  it('remembers each key, and forgets them before an attacker’s thousands become its memory', () => {
    const learnt: string[] = [];
    const matcher = new KeyMatcher([{ name: 'x', action: 'mask', path: parsePath('**.secret')! }], (key) => {
      learnt.push(key);
      return key;
    });
    for (let round = 0; round < 3; round++) matcher.root.step('own');
    expect(learnt).toEqual(['own']);
    for (let index = 0; index < 5000; index++) matcher.root.step(`other${index}`);
    expect(matcher.root.step('own').place.step('SECRET').place.rule?.name).toBe('x');
    expect(learnt.filter((key) => key === 'own')).toHaveLength(2);
  });
});

describe('a path', () => {
  it('has dots, brackets and quotes, or is none', () => {
    const kinds = (path: string): unknown => parsePath(path)?.map((one) => (one.kind === 'key' ? one.name : one.kind));
    expect(kinds('a_b.*[0]["x.y"].**.c*d')).toEqual(['ab', 'any', '0', 'xy', 'deep', 'pattern']);
    expect(kinds("[*]['k'].z")).toEqual(['any', 'k', 'z']);
    for (const path of ['', '.', 'a.', '.a', 'a..b', 'a[', 'a]', 'a[0]b', 'a["b]']) expect(kinds(path)).toBeUndefined();
  });

  it('may have stars inside of a key, which stand for any characters', () => {
    const rule = (path: string, key: string): boolean => {
      const matcher = new KeyMatcher([{ name: 'x', action: 'mask', path: parsePath(path)! }], (one) => one);
      return matcher.root.step(key).place.rule !== undefined;
    };
    for (const key of ['apiKey', 'my-api-KEY', 'x_api_y_key']) expect(rule('*api*key', key)).toBe(true);
    for (const key of ['apiKeys', 'keyApi', 'ap', 'apkey']) expect(rule('*api*key', key)).toBe(false);
    expect([rule('ab*ba', 'aba'), rule('ab*ba', 'abba'), rule('a**b', 'axb')]).toEqual([false, true, true]);
  });
});
