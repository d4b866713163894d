import * as fc from 'fast-check';
import { shortText } from './short-text';
import { Shape, shapeOf } from './text-shape';

const BITS = Object.values(Shape);
/** Pairs of what a text must have and how long it must be, as rules have them. */
const needs = fc.array(fc.tuple(fc.constantFrom(...BITS, -1), fc.integer({ min: 1, max: 60 })), { maxLength: 4 });
const character = fc.oneof(
  fc.constantFrom(...Array.from('aZ09-_. /,;@=:%+&[{"\\\'\n\u007fé😀')),
  fc.string({ maxLength: 1 }),
);
const text = fc.oneof(
  fc.array(character, { maxLength: 40 }).map((all) => all.join('')),
  fc.tuple(fc.constantFrom('a', '0', '.', ' ', '-', '0.', 'ab '), fc.integer({ min: 0, max: 40 })).map(([part, count]) => part.repeat(count)), // prettier-ignore
);

describe('a short text', () => {
  it('concerns no rule, whatever the rules', () => {
    fc.assert(
      fc.property(needs, fc.array(text, { minLength: 20, maxLength: 20 }), (rules, given) => {
        const concerns = (shape: number, length: number): boolean =>
          rules.some(([bits, least]) => length >= least && (shape & bits) !== 0);
        const short = new RegExp(`^${shortText(concerns)?.source ?? '(?!)'}$`);
        for (const one of given) {
          if (short.test(JSON.stringify(one)))
            expect([one, concerns(shapeOf(one, 0, one.length), one.length)]).toEqual([one, false]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('is as long as the rules let it be', () => {
    const longest = (concerns: (shape: number, length: number) => boolean): number => {
      const short = new RegExp(`^${shortText(concerns)?.source ?? '(?!)'}$`);
      return (
        Array.from({ length: 101 }, (_, length) => length)
          .filter((length) => short.test(`"${'a'.repeat(length)}"`))
          .at(-1) ?? -1
      );
    };
    expect(longest(() => false)).toBe(100);
    expect(longest((shape) => (shape & Shape.at) !== 0)).toBe(100);
    expect(longest((shape) => (shape & Shape.run16) !== 0)).toBe(15);
    expect(longest((shape, length) => length >= 14 && (shape & Shape.space) !== 0)).toBe(13);
    expect(longest((_, length) => length >= 1)).toBe(-1);
  });
});
