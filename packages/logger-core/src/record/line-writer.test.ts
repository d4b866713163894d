import fc from 'fast-check';
import { LineText } from './line-text';
import { LineWriter } from './line-writer';
import { type LineEntry, lineBytes, writeLines } from '../transport/write-lines';
import { writeNumber } from './write-number';

function write(writer: LineWriter, ...texts: string[]): LineText {
  writer.begin();
  for (const text of texts) writer.text(text);
  return writer.end();
}

describe('the writer of lines', () => {
  it('keeps each line, however long, while others are written behind it', () => {
    const unit = fc.constantFrom('a', 'é', '約', '🚀', 'plain text ');
    const text = fc.tuple(unit, fc.oneof(fc.nat(80), fc.nat(30_000))).map(([one, times]) => one.repeat(times));
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 30 }), (lines) => {
        const writer = new LineWriter();
        const written = lines.map((parts) => write(writer, ...parts));
        expect(written.map(String)).toEqual(lines.map((parts) => parts.join('')));
        expect(written.map(({ bytes }) => bytes)).toEqual(lines.map((parts) => Buffer.byteLength(parts.join(''))));
      }),
    );
  });

  it('puts short lines behind each other with a line break between, so that they are one piece', () => {
    const writer = new LineWriter();
    const [first, second] = [write(writer, 'first'), write(writer, 'second')];
    expect(second.slab).toBe(first.slab);
    expect(first.slab.toString('utf8', first.start, second.end)).toBe('first\nsecond');
  });

  it('does not keep the memory of one very long line', () => {
    const writer = new LineWriter();
    const usual = write(writer, 'usual');
    const long = write(writer, 'x'.repeat(3_000_000));
    const short = write(writer, 'short');
    expect(short.slab).not.toBe(long.slab);
    expect(short.slab.length).toBe(usual.slab.length);
  });

  it('copies a line into memory of its own', () => {
    const line = write(new LineWriter(), 'Ордер');
    const copy = new LineWriter().copy(line);
    line.slab.fill(0);
    expect(String(copy)).toBe('Ордер');
  });

  it('uses the memory of a forgotten line again, unless it is not the last one', () => {
    const writer = new LineWriter();
    const first = write(writer, 'first');
    const second = write(writer, 'second');
    writer.forget(first);
    expect(write(writer, 'third').start).toBeGreaterThan(second.start);
    const last = write(writer, 'last');
    writer.forget(last);
    expect(write(writer, 'again').start).toBe(last.start);
  });

  it('copies pieces of other lines, short and long, and nothing beside them', () => {
    const text = 'abcdefghijklmnop'.repeat(20);
    const other = new LineText(Buffer.from(`--${text}--`), 2, text.length, false);
    for (let from = 0; from < 9; from++) {
      for (let to = from; to <= text.length; to += to < 20 ? 1 : 37) {
        const writer = new LineWriter(64);
        writer.begin();
        writer.text('xxxxxxxxxxxxxxxx');
        writer.cut(2);
        writer.piece(other, from, to);
        writer.byte(33);
        expect(String(writer.end())).toBe(`xx${text.slice(from, to)}!`);
      }
    }
  });

  it('writes every number as String() does, and what is not finite as a string', () => {
    const decimal = fc.tuple(fc.integer(), fc.nat(9)).map(([digits, places]) => digits / 10 ** places);
    const number = fc.oneof(fc.double(), fc.integer(), decimal, fc.constantFrom(0.1 + 0.2, 1e9, 999_999_999, -0, 1e21));
    fc.assert(
      fc.property(number, (value) => {
        const writer = new LineWriter();
        writer.begin();
        writeNumber(writer, value);
        expect(String(writer.end())).toBe(Number.isFinite(value) ? String(value) : `"${value}"`);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('writing a batch as lines', () => {
  it('copies what lies behind each other in one piece, and the rest entry by entry', () => {
    const [writer, other] = [new LineWriter(), new LineWriter()];
    const entryOf = (text: string, line?: LineText) => ({ payload: text, bytes: Buffer.byteLength(text), line });
    const lined = (by: LineWriter, text: string) => entryOf(text, write(by, text));
    const [one, two, left, three] = ['one', 'zwei é', 'left out', 'three'].map((text) => lined(writer, text));
    const batch = [one, two, three, lined(other, 'elsewhere'), entryOf('約'), lined(writer, 'last')] as LineEntry[];
    expect(left?.line?.slab).toBe(one?.line?.slab);
    const target = Buffer.alloc(lineBytes(batch) + 2, '-');
    writeLines(batch, target, 1);
    expect(target.toString()).toBe('-one\nzwei é\nthree\nelsewhere\n約\nlast\n-');
  });
});
