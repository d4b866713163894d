import fc from 'fast-check';
import { ENTRY, FRAME_HEAD_BYTES, layFrame, readFrames, sealFrame } from './frame';

/** Frames of these texts, indexes counting from 1000; and where each starts. */
function segmentOf(texts: readonly string[]): { bytes: Buffer; starts: number[] } {
  const bodies = texts.map((text) => Buffer.from(text));
  const bytes = Buffer.alloc(bodies.reduce((sum, { length }) => sum + FRAME_HEAD_BYTES + length, 0));
  const starts: number[] = [];
  let at = 0;
  bodies.forEach((body, offset) => {
    starts.push(at);
    layFrame(bytes, at, ENTRY, 1000 + offset, body);
    at = sealFrame(bytes, at);
  });
  return { bytes, starts };
}

function survivors(bytes: Buffer): { index: number; text: string }[] {
  return readFrames(bytes)
    .filter(({ whole }) => whole)
    .map(({ index, start, end }) => ({ index, text: bytes.toString('utf8', start + FRAME_HEAD_BYTES, end) }));
}

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { minLength: 1, maxLength: 12 });

describe('the frames of a segment', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(texts, (given) => {
        expect(survivors(segmentOf(given).bytes)).toEqual(given.map((text, at) => ({ index: 1000 + at, text })));
      }),
    );
  });

  it('lose, cut off at any byte, only what the cut has touched', () => {
    const given = ['first', '', '{"message":"ünïcödé"}', 'x'.repeat(300), 'last'];
    const { bytes, starts } = segmentOf(given);
    for (let length = 0; length <= bytes.length; length++) {
      const whole = given.filter((_, at) => (starts[at + 1] ?? bytes.length) <= length);
      expect(survivors(Buffer.from(bytes.subarray(0, length))).map(({ text }) => text)).toEqual(whole);
    }
  });

  it('lose, whatever single bit flips, that entry and no other', () => {
    const given = ['first', '', '{"message":"ünïcödé"}', 'last'];
    const { bytes, starts } = segmentOf(given);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = Buffer.from(bytes);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const touched = starts.findLastIndex((start) => start <= bit >> 3);
      // The one byte of a head that stands for nothing is under the checksum, too.
      expect(survivors(damaged).map(({ index }) => index)).toEqual(given.map((_, at) => 1000 + at).filter((_, at) => at !== touched)); // prettier-ignore
    }
  });

  it('lose, under any damage at any places, the entries that were touched and no others', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(texts, damage, (given, places) => {
        const { bytes, starts } = segmentOf(given);
        const damaged = Buffer.from(bytes);
        for (const [place, mask] of places) damaged[place % bytes.length]! ^= mask;
        const whole = given.flatMap((text, at) => {
          const [start, end] = [starts[at]!, starts[at + 1] ?? bytes.length];
          return damaged.compare(bytes, start, end, start, end) === 0 ? [{ index: 1000 + at, text }] : [];
        });
        expect(survivors(damaged)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('are found again behind anything that is no frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), texts, (garbage, given) => {
        const { bytes } = segmentOf(given);
        expect(survivors(Buffer.concat([garbage, bytes]))).toHaveLength(given.length);
      }),
    );
  });
});
