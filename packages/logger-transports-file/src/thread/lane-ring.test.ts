import fc from 'fast-check';
import { type Frame, LaneConsumer } from './lane-consumer';
import { MAX_FRAME_BYTES, RING_BYTES } from './lane-memory';
import { LaneProducer } from './lane-producer';

interface Sent {
  readonly lines: readonly string[];
  readonly records: number;
  readonly durable: boolean;
  readonly multiline: boolean;
}

/** Both ends of a lane in one thread, so that a test says who moves next. */
class Lane {
  readonly producer = new LaneProducer();
  readonly consumer = new LaneConsumer(this.producer.shared);

  push({ lines, records, durable, multiline }: Sent): boolean {
    const batch = lines.map((payload) => ({ payload, bytes: Buffer.byteLength(payload) }));
    expect(records).toBe(lines.length);
    return this.producer.push(batch, { bytes: bytesOf(lines), durable, multiline, word: 0 });
  }

  /** A frame of one line; the line break counts. */
  pushText(text: string): boolean {
    return this.push({ lines: [text], records: 1, durable: false, multiline: false });
  }

  /** All frames that are there, as the consumer gathers them. */
  peek(): Frame[] {
    const frames: Frame[] = [];
    for (let one = this.consumer.next(); one !== undefined; one = this.consumer.after(one)) frames.push(one);
    return frames;
  }

  takeText(): string | undefined {
    return this.take()?.lines.join('\n');
  }

  /** Reads the next frame as a copy and lets it go. */
  take(): Sent | undefined {
    const frame = this.consumer.next();
    if (frame === undefined) return undefined;
    const copy = contentOf(frame);
    this.consumer.release(frame);
    return copy;
  }
}

function contentOf({ bytes, records, durable, multiline }: Frame): Sent {
  const text = bytes.toString();
  expect(text.at(-1)).toBe('\n');
  return { lines: text.slice(0, -1).split('\n'), records, durable, multiline };
}

/** How many frames so many records fill, and how many are left for the next. */
function wholeFrames(frames: readonly Sent[], written: number): { done: number; records: number } {
  const ends = frames.map((_, index) => frames.slice(0, index + 1).reduce((sum, { records }) => sum + records, 0));
  const done = ends.filter((end) => end <= written).length;
  return { done, records: written - (ends[done - 1] ?? 0) };
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

const line = fc
  .tuple(
    fc.constantFrom('a', 'é', '約', '🚀', 'no BREAK '),
    fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300_000 })),
  )
  .map(([unit, times]) => unit.repeat(times));

const lines = fc.array(line, { minLength: 1, maxLength: 6 }).filter((some) => bytesOf(some) <= MAX_FRAME_BYTES);
const sent = fc
  .tuple(lines, fc.boolean(), fc.boolean())
  .map(([lines, durable, multiline]) => ({ lines, records: lines.length, durable, multiline }));

const step = fc.oneof(
  { weight: 5, arbitrary: sent.map((frame) => ({ kind: 'push' as const, frame })) },
  { weight: 4, arbitrary: fc.constant({ kind: 'take' as const }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }).map((count) => ({ kind: 'gather' as const, count })) },
  { weight: 1, arbitrary: fc.nat(20).map((records) => ({ kind: 'fail' as const, records })) },
);

describe('a lane', () => {
  it('keeps content and order over any pushes, releases and failures, and always takes one frame when it is empty', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const lane = new Lane();
        let inside: Sent[] = [];
        for (const one of steps) {
          if (one.kind === 'push') {
            const taken = lane.push(one.frame);
            if (inside.length === 0) expect(taken).toBe(true);
            if (taken) inside.push(one.frame);
          } else if (one.kind === 'take') {
            const taken = inside.shift();
            expect(lane.take()).toEqual(taken);
            expect(lane.producer.takeDone()).toBe(taken ? 1 : 0);
          } else if (one.kind === 'gather') {
            const frames = lane.peek().slice(0, one.count);
            expect(frames.map(contentOf)).toEqual(inside.splice(0, one.count));
            for (const frame of frames) lane.consumer.release(frame);
            expect(lane.producer.takeDone()).toBe(frames.length);
          } else if (inside.length > 0) {
            const frames = lane.peek();
            expect(frames.map(contentOf)).toEqual(inside);
            const written = one.records % inside.reduce((sum, { records }) => sum + records, 0);
            lane.consumer.failAll(frames, new Error('disk full'), written);
            const { done, records } = wholeFrames(inside, written);
            expect(lane.consumer.next()).toBeUndefined();
            expect(lane.producer.takeDone()).toBe(done);
            expect(lane.producer.takeFailure()).toMatchObject({ records, error: { message: 'disk full' } });
            inside = [];
          }
        }
        for (const frame of inside) expect(lane.take()).toEqual(frame);
        expect(lane.take()).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('goes on at its beginning when its end is reached, for as long as it runs', () => {
    const lane = new Lane();
    const chunk = Math.floor(RING_BYTES / 5);
    lane.pushText('first'.padEnd(chunk, '.'));
    for (let round = 0; round < 40; round++) {
      const text = `round ${round}`.padEnd(chunk - round * 7, '.');
      expect(lane.pushText(text)).toBe(true);
      expect(lane.takeText()).toBe(
        round === 0 ? 'first'.padEnd(chunk, '.') : `round ${round - 1}`.padEnd(chunk - (round - 1) * 7, '.'),
      );
    }
  });

  it('refuses a frame when it is full, and takes it once one before it has been released', () => {
    const lane = new Lane();
    const half = 'x'.repeat(MAX_FRAME_BYTES - 1);
    expect(lane.pushText(half)).toBe(true);
    expect(lane.pushText(half)).toBe(true);
    expect(lane.pushText(half)).toBe(false);
    expect(lane.takeText()?.length).toBe(MAX_FRAME_BYTES - 1);
    expect(lane.pushText(half.slice(0, -200))).toBe(true);
    expect(lane.takeText()?.length).toBe(MAX_FRAME_BYTES - 1);
    expect(lane.takeText()?.length).toBe(MAX_FRAME_BYTES - 201);
  });

  it('has room for a burst at any time when it is empty', () => {
    const text = 'x'.repeat(100_000);
    for (let before = 0; before < 100; before++) {
      const lane = new Lane();
      for (let frame = 0; frame < before; frame++) {
        lane.pushText(text);
        lane.take();
      }
      for (let frame = 0; frame < 15; frame++)
        expect([before, frame, lane.pushText(text)]).toEqual([before, frame, true]);
    }
  });

  it('never takes a frame larger than half of it', () => {
    expect(() => new Lane().pushText('x'.repeat(MAX_FRAME_BYTES))).toThrow(RangeError);
  });

  it('counts what was finished before a failure, and hands over the failure with its code once', () => {
    const lane = new Lane();
    for (const text of ['one', 'two', 'three']) lane.pushText(text);
    lane.take();
    lane.consumer.next();
    lane.consumer.fail(Object.assign(new Error('no space left'), { code: 'ENOSPC' }), 7);
    expect(lane.producer.takeDone()).toBe(1);
    const failure = lane.producer.takeFailure();
    expect(failure).toMatchObject({ records: 7, error: { message: 'no space left', code: 'ENOSPC' } });
    expect(lane.producer.takeFailure()).toBeUndefined();
    expect(lane.take()).toBeUndefined();
    lane.pushText('again');
    expect(lane.takeText()).toBe('again');
  });

  it('takes no frame for failed that was finished between the looks at what is done and at what has failed', () => {
    const lane = new Lane();
    for (const text of ['one', 'two']) lane.pushText(text);
    const load = Atomics.load;
    let looks = 0;
    // The consumer's thread moves after the producer's first look, wherever that is.
    const spy = jest.spyOn(Atomics, 'load').mockImplementation(((words: Int32Array, index: number) => {
      const value = load(words, index);
      looks += 1;
      if (looks === 1) {
        lane.take();
        lane.consumer.next();
        lane.consumer.fail(new Error('disk full'), 0);
      }
      return value;
    }) as typeof Atomics.load);
    const first = lane.producer.takeNews();
    spy.mockRestore();
    const failed = first.failure === undefined ? lane.producer.takeNews() : first;
    expect([first.done + (failed === first ? 0 : failed.done), failed.failure?.error.message]).toEqual([
      1,
      'disk full',
    ]);
    expect(lane.producer.takeNews()).toEqual({ done: 0, failure: undefined });
  });

  it('says that its consumer sleeps only while that has nothing to do', () => {
    const lane = new Lane();
    expect(lane.producer.asleep).toBe(true);
    lane.pushText('one');
    const frame = lane.consumer.next() as Frame;
    expect(lane.producer.asleep).toBe(false);
    lane.consumer.release(frame);
    lane.consumer.next();
    expect(lane.producer.asleep).toBe(true);
  });

  it('waits for no longer than told, and not at all when there is news', () => {
    const lane = new Lane();
    lane.pushText('one');
    lane.producer.wait(1);
    expect(lane.producer.takeDone()).toBe(0);
    lane.take();
    // Would never come back if it did not look first.
    lane.producer.wait(Infinity);
    expect(lane.producer.takeDone()).toBe(1);
  });

  it('keeps an error whose text is longer than its memory for it', () => {
    const lane = new Lane();
    lane.pushText('one');
    lane.consumer.next();
    lane.consumer.fail(new Error('約'.repeat(3000)), 0);
    expect(lane.producer.takeFailure()?.error.message).toMatch(/^約{300,}/);
  });
});
