import { TextMemo } from './text-memo';

/** Looked for in turns, so many times each. @returns which were remembered at the last time */
function remembered(memo: TextMemo, texts: readonly string[], times: number): string[] {
  let found: string[] = [];
  for (let i = 0; i < times; i++) found = texts.filter((text) => memo.find(text) !== undefined);
  return found;
}

describe('the memory of strings', () => {
  it('keeps a string that comes again and again, as its JSON text', () => {
    const memo = new TextMemo();
    expect(remembered(memo, ['order placed'], 1)).toEqual([]);
    expect(remembered(memo, ['order placed'], 200)).toEqual(['order placed']);
    expect(Buffer.from(memo.find('order placed')?.bytes ?? []).toString()).toBe('"order placed"');
  });

  it('keeps none that has to be escaped', () => {
    expect(remembered(new TextMemo(), ['order "placed"', 'order\nplaced', 'order plaçed'], 1000)).toEqual([]);
  });

  // They differ where the memory does not look to choose a place: all of them want the same one.
  const rivals = (count: number) => Array.from({ length: count }, (_, i) => `order${100_000 + i}placed`);

  it('keeps a string in spite of any number of others that come once each, and none of these', () => {
    const memo = new TextMemo();
    remembered(memo, ['order000000placed'], 200);
    const once = rivals(5000);
    expect(once.filter((text) => memo.find(text) !== undefined)).toEqual([]);
    expect(memo.find('order000000placed')).toBeDefined();
  });

  it.each([2, 3, 4, 5, 7, 8])('remembers one of %i strings that come in turns and want the same place', (count) => {
    const memo = new TextMemo();
    const texts = rivals(count);
    let kept = 0;
    for (let i = 0; i < 200; i++) kept += remembered(memo, texts, 10).length;
    expect(kept).toBeGreaterThan(100);
  });
});
