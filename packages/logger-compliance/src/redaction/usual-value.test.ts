import { KeyMatcher } from './key-matcher';
import { type Part } from './line-part';
import { plainSources } from './plain-sources';
import { buildRules } from './build-rules';
import { RedactionCounts } from './redaction-report';
import { TextRedactor } from './text-redactor';
import { UsualValue } from './usual-value';

const { root } = new KeyMatcher([], (key) => key);
const plain = plainSources(
  new TextRedactor({
    rules: buildRules({ presets: ['exchanges'] }).values,
    assignments: true,
    root: () => root,
    pseudonymize: undefined,
    counts: new RedactionCounts(),
  }),
);

function part(json: string, kind: 'text' | 'number' | 'untouched' = 'text'): Part {
  return kind === 'untouched' ? { kind, sample: json } : { kind, place: root, sample: json, searched: false };
}

/** Which of these values are usual where the first ones have been seen. */
function usual(seen: readonly Part[], values: readonly string[]): string[] {
  const [first = '', ...others] = seen;
  const value = new UsualValue(first, plain);
  for (const one of others) value.see(one);
  const pattern = new RegExp(`^(?:${value.source ?? '(?!)'})$`);
  return values.filter((json) => pattern.test(json));
}

describe('a usual value', () => {
  it.each<[string, Part[], string[], string[]]>([
    ['the same', [part('"a.b"'), part('"a.b"')], ['"a.b"'], ['"axb"', '"a.bc"', '']],
    ['short', [part('"A17"'), part('"B"')], ['"C 4/5"', '""'], ['"a=b"', '"a:b"', '"14 characters!"', '"[a"', 'true']],
    ['an id of one process', [part('"0123456789abcdef-1"'), part('"0123456789abcdef-22"')], ['"0123456789abcdef-333"'], ['"1123456789abcdef-1"', '"0123456789abcdef-x"', `"0123456789abcdef-${'1'.repeat(34)}"`]],
    ['of hexadecimal digits', [part(`"${'ab'.repeat(16)}"`), part(`"${'01'.repeat(16)}"`)], [`"${'c'.repeat(50)}"`], [`"${'c'.repeat(51)}"`, `"${'x'.repeat(32)}"`]],
    ['a number that is the same', [part('1', 'number'), part('1', 'number')], ['1'], ['2', '10']],
    ['of one length', [part('"2026-11-21"', 'untouched'), part('"2026-11-22"', 'untouched')], ['"2027-01-01"'], ['"2027-1-01"', '"2027-01\\"1"']],
    ['several things', [part('"short"'), part('"a text that is longer than that"')], [], ['"short"', '"a text that is longer than that"']],
    ['what begins like an id and is none', [part('"sk-ab"'), part(`"sk-${'ab'.repeat(7)}"`)], [], [`"sk-${'ab'.repeat(12)}"`]],
    ['numbers', [part('1', 'number'), part('2', 'number')], [], ['1', '2']],
  ])('is %s', (_name, seen, same, other) => {
    expect(usual(seen, [...same, ...other])).toEqual(same);
  }); // prettier-ignore
});
