import fc from 'fast-check';
import { encodeString } from './encode-string';
import { CONTENT_BYTES } from './limits';
import { LineWriter } from './line-writer';
import { RecordRoom } from './record-room';
import { StringWriter } from './string-writer';

/** What is written for a string, as the last of so many times. */
function written(text: string, times = 1): string {
  const line = new LineWriter();
  const room = new RecordRoom();
  const strings = new StringWriter(line, room);
  for (let time = 1; time < times; time++) {
    line.begin();
    room.begin();
    strings.write(text);
    line.end();
  }
  line.begin();
  room.begin();
  strings.write(text);
  return line.end().toString();
}

describe('the writer of strings', () => {
  const special = fc.constantFrom('"', '\\', '\n', '\u001b', '\u007f', '\u0080', 'é', '約', '🚀', '\ud800', '\u2028');
  const plain = fc.string({ unit: 'grapheme-ascii', maxLength: 70 });
  const long = fc.tuple(plain, fc.nat(40)).map(([text, times]) => text.repeat(times));
  const mixed = fc.array(fc.oneof(special, plain), { maxLength: 4 }).map((parts) => parts.join(''));

  it('writes every string as its JSON text, however long it is and whatever is in it', () => {
    fc.assert(
      fc.property(fc.oneof(plain, long, mixed, fc.string({ unit: 'binary' })), (text) => {
        expect(written(text)).toBe(encodeString(text));
      }),
      { numRuns: 10_000 },
    );
  });

  it('finds what needs care at any place of a string', () => {
    for (const length of [8, 20, 21, 22, 23, 24, 64, 65, 1024, 1025]) {
      for (const character of ['"', '\\', '\n', '\u001f', '\u007f', '\u0080', 'é']) {
        for (let at = length - 8; at < length; at++) {
          const text = 'x'.repeat(at) + character + '~'.repeat(length - at - 1);
          expect(written(text)).toBe(encodeString(text));
        }
      }
    }
  });

  it('writes a string that comes again and again as it did the first time', () => {
    fc.assert(
      fc.property(fc.oneof(plain, mixed), (text) => {
        expect(written(text, 200)).toBe(encodeString(text));
      }),
    );
  });

  it('does not take one string for another that is like it', () => {
    const names = ['aBcdefghijkLm', 'aBCdefghijkLm', 'aBcdefghijkLn', 'xBcdefghijkLm'];
    for (const name of names) expect(written(name, 200)).toBe(`"${name}"`);
    for (const name of names) expect(written(name)).toBe(`"${name}"`);
  });

  it('writes no more than the record has room for', () => {
    const line = new LineWriter();
    const room = new RecordRoom();
    const strings = new StringWriter(line, room);
    line.begin();
    room.begin();
    for (let i = 0; i < 2000; i++) strings.write('x'.repeat(1000));
    expect(room.truncated).toBe(true);
    const withTheWordForIt = 2000 * '"[Truncated]"'.length;
    expect(line.length).toBeLessThanOrEqual(CONTENT_BYTES + withTheWordForIt);

    room.begin();
    room.spend(CONTENT_BYTES - 100);
    const before = line.length;
    strings.write('x'.repeat(1000));
    expect(line.length - before).toBeLessThan(200);
  });
});
