import { LineWriter } from './line-writer';
import { Stamp } from './stamp';

/** What two stamps beside each other write. */
function written(...texts: readonly string[]): string {
  const line = new LineWriter();
  line.begin(true);
  for (const text of texts) line.stamp(new Stamp(text));
  return line.end().toString();
}

describe('a stamp', () => {
  it('writes its text, however long it is, and nothing over what follows', () => {
    for (let length = 0; length <= 200; length++) {
      const text = Array.from({ length }, (_, i) => String.fromCharCode(32 + (i % 95))).join('');
      expect(written(text, '}', text)).toBe(`${text}}${text}`);
    }
  });

  it('writes what is not ASCII', () => {
    expect(written('"ордер принят"', '"約定 🚀"')).toBe('"ордер принят""約定 🚀"');
  });

  it('writes every character at every place of a word as it is', () => {
    const characters = ['\u007f', '\u07ff', '\uffff', '\u{10000}', '\u{10ffff}', '\u0000'];
    for (const first of characters) {
      for (const second of characters) {
        for (let before = 0; before < 8; before++) {
          const text = 'x'.repeat(before) + first + second + 'y'.repeat(8);
          expect(written(text)).toBe(text);
        }
      }
    }
  });

  it('is written where the memory ends as anywhere', () => {
    const line = new LineWriter(64);
    for (let i = 0; i < 100; i++) {
      line.begin();
      line.stamp(new Stamp('{"symbol":"BTC"}'));
      expect(line.end().toString()).toBe('{"symbol":"BTC"}');
    }
  });
});
