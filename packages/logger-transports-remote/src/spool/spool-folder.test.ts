import fc from 'fast-check';
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTRY, FRAME_HEAD_BYTES, layFrame, readFrames } from './frame';
import { SpoolFolder } from './spool-folder';
import { realSpoolFs, type SpoolFs } from './spool-fs';

let dir = '';
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'mxl-spool-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function chunk(first: number, texts: readonly string[]): Buffer {
  const bodies = texts.map((text) => Buffer.from(text));
  const bytes = Buffer.alloc(bodies.reduce((sum, { length }) => sum + FRAME_HEAD_BYTES + length, 0));
  let at = 0;
  bodies.forEach((body, offset) => {
    layFrame(bytes, at, ENTRY, first + offset, body);
    at += FRAME_HEAD_BYTES + body.length;
  });
  return bytes;
}

function folder({ maxBytes = 1_000_000, fs = realSpoolFs, dropped = (_below: number): void => undefined } = {}) {
  return new SpoolFolder({ dir, maxBytes, fsync: false, fs, dropped });
}

function readAll(spool: SpoolFolder, from: number, next: number): { index: number; text: string }[] {
  const all: { index: number; text: string }[] = [];
  while (from < next) {
    const { to, entries } = spool.read(from, { maxRecords: 7, maxBytes: 100_000 });
    all.push(...entries.map(({ index, body }) => ({ index, text: Buffer.from(body).toString() })));
    if (to <= from) throw new Error('reading does not get on');
    from = to;
  }
  return all;
}

function numbers(from: number, to: number): { index: number; text: string }[] {
  return Array.from({ length: to - from }, (_, at) => ({ index: from + at, text: `entry ${from + at}` }));
}

function texts(from: number, to: number): string[] {
  return numbers(from, to).map(({ text }) => text);
}

function bytesOnDisk(): number {
  return readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
}

describe('the folder of a spool', () => {
  it('hands out what was put in, also to a successor, and less what was acknowledged', () => {
    const first = folder({ maxBytes: 20_000 });
    expect(first.open()).toEqual({ first: 0, from: 0, next: 0 });
    for (let at = 0; at < 200; at += 10) first.append(chunk(at, texts(at, at + 10)));
    expect(readdirSync(dir).length).toBeGreaterThan(2);
    expect(readAll(first, 0, 200)).toEqual(numbers(0, 200));
    first.acknowledge(123);
    first.close();
    const second = folder({ maxBytes: 20_000 });
    expect(second.open()).toEqual({ first: 123, from: 123, next: 200 });
    second.append(chunk(200, texts(200, 205)));
    expect(readAll(second, 123, 205)).toEqual(numbers(123, 205));
    second.acknowledge(205);
    expect(readdirSync(dir)).toEqual([]);
    second.close();
  });

  it('hands out what was put in after a part of it was read, and takes none of it for lost', () => {
    const spool = folder();
    spool.open();
    spool.append(chunk(0, texts(0, 3)));
    expect(spool.read(0, { maxRecords: 1, maxBytes: 1000 })).toMatchObject({ to: 1 });
    spool.append(chunk(3, texts(3, 6)));
    expect(readAll(spool, 1, 6)).toEqual(numbers(1, 6));
    spool.close();
  });

  it('never holds more than its bound but for the last note, drops the oldest, and says which', () => {
    let lost = 0;
    const spool = folder({ maxBytes: 4000, dropped: (below) => (lost = below) });
    spool.open();
    for (let at = 0; at < 1000; at++) {
      spool.append(chunk(at, texts(at, at + 1)));
      expect(bytesOnDisk()).toBeLessThanOrEqual(4000 + 2 * FRAME_HEAD_BYTES);
    }
    expect(lost).toBeGreaterThan(800);
    expect(readAll(spool, lost, 1000)).toEqual(numbers(lost, 1000));
    spool.close();
    expect(folder({ maxBytes: 4000 }).open()).toEqual({ first: lost, from: lost, next: 1000 });
  });

  it('knows once which entries the memory of a killed process had alone: read, and dropped before they were settled', () => {
    let dropped = 0;
    const spool = folder({ maxBytes: 4000, dropped: (below) => (dropped = below) });
    spool.open();
    for (let at = 0; at < 60; at += 10) spool.append(chunk(at, texts(at, at + 10)));
    expect(dropped).toBe(0);
    expect(spool.read(0, { maxRecords: 5, maxBytes: 100_000 }).to).toBe(5);
    expect(spool.read(5, { maxRecords: 7, maxBytes: 100_000 }).to).toBe(10); // the end of a segment
    expect(spool.read(10, { maxRecords: 2, maxBytes: 100_000 }).to).toBe(12);
    spool.acknowledge(3);
    // Enough for the segments that follow to be new ones, which have to repeat the note.
    for (let at = 60; at < 500; at += 10) spool.append(chunk(at, texts(at, at + 10)));
    expect(dropped).toBeGreaterThan(100);
    // The other entries below `dropped` were told of by the process that is dead.
    const lost = 12 - 3;
    expect(folder({ maxBytes: 4000 }).open()).toEqual({ first: dropped - lost, from: dropped, next: 500 });
    expect(folder({ maxBytes: 4000 }).open()).toEqual({ first: dropped, from: dropped, next: 500 });
  });

  it('knows them as soon as the first segment has gone', () => {
    let dropped = 0;
    const spool = folder({ maxBytes: 4000, dropped: (below) => (dropped = below) });
    spool.open();
    spool.append(chunk(0, texts(0, 1)));
    spool.read(0, { maxRecords: 1, maxBytes: 100_000 });
    for (let at = 1; dropped === 0; at++) spool.append(chunk(at, texts(at, at + 1)));
    const { first, from } = folder({ maxBytes: 4000 }).open();
    expect([first, from]).toEqual([dropped - 1, dropped]);
  });

  it('counts none of them that were settled after all', () => {
    const spool = folder({ maxBytes: 4000 });
    spool.open();
    for (let at = 0; at < 60; at += 10) spool.append(chunk(at, texts(at, at + 10)));
    spool.read(0, { maxRecords: 5, maxBytes: 100_000 });
    for (let at = 60; at < 500; at += 10) spool.append(chunk(at, texts(at, at + 10)));
    spool.acknowledge(5);
    const { first, from } = folder({ maxBytes: 4000 }).open();
    expect(first).toBe(from);
  });

  it('loses of a segment cut at any byte what the cut has touched, and takes new entries behind it', () => {
    const spool = folder();
    spool.open();
    spool.append(chunk(0, texts(0, 5)));
    spool.close();
    const [name] = readdirSync(dir) as [string];
    const whole = readFileSync(join(dir, name));
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(join(dir, name), whole.subarray(0, length));
      const next = folder();
      const { first, next: free } = next.open();
      next.append(chunk(free, ['new']));
      const back = readAll(next, first, free + 1);
      const kept = Math.floor((length - FRAME_HEAD_BYTES) / (FRAME_HEAD_BYTES + 'entry 0'.length));
      expect(back.slice(0, -1)).toEqual(numbers(0, Math.max(0, kept)));
      expect(back.at(-1)).toEqual({ index: free, text: 'new' });
      next.close();
      for (const other of readdirSync(dir)) rmSync(join(dir, other));
    }
  });

  it('goes on after a crash at any write: what was reported as written is there', () => {
    const step = fc.oneof(
      fc.record({ append: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ settle: fc.integer({ min: 1, max: 9 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.nat(2000), (steps, budget) => {
        let left = budget;
        const dying: SpoolFs = {
          ...realSpoolFs,
          // Writes as much as there is left, and then no call gets through: the process is dead.
          writeSync: ((fd: number, bytes: Uint8Array, at: number, length: number) => {
            const part = Math.min(left, length);
            if (part > 0) fs.writeSync(fd, bytes, at, part);
            left -= part;
            if (left === 0) throw new Error('killed');
            return part;
          }) as SpoolFs['writeSync'],
          ftruncateSync: () => {
            throw new Error('killed');
          },
        };
        // What a case that failed has left there would speak in the next one.
        for (const other of readdirSync(dir)) rmSync(join(dir, other));
        const spool = folder({ fs: dying, maxBytes: 1_000_000 });
        spool.open();
        // A note may be whole on the disk and the process dead before it hears of that: `asked` and not yet `settled`.
        let [written, asked, settled] = [0, 0, 0];
        try {
          for (const one of steps) {
            if ('append' in one) {
              spool.append(chunk(written, texts(written, written + one.append)));
              written += one.append;
            } else {
              asked = Math.min(written, settled + one.settle);
              spool.acknowledge(asked);
              settled = asked;
            }
          }
        } catch (thrown) {
          expect((thrown as Error).message).toBe('killed');
        }
        spool.close();
        const next = folder();
        const { first, next: free } = next.open();
        const back = readAll(next, first, free);
        expect(free).toBeGreaterThanOrEqual(asked === written ? 0 : written);
        if (asked < written) expect([settled, asked]).toContain(first);
        const begin = Math.max(first, settled);
        expect(back.filter(({ index }) => index >= begin && index < written)).toEqual(numbers(begin, written));
        next.close();
      }),
      // The example's last write is the whole note, and no more.
      { numRuns: 200, examples: [[[{ append: 9 }, { settle: 2 }, { append: 9 }, { settle: 9 }], 638]] },
    );
  });

  it('tries a failed append again without a second copy, and goes on when the disk is well', () => {
    let failIn = Infinity;
    const unwell: SpoolFs = {
      ...realSpoolFs,
      writeSync: ((fd: number, bytes: Uint8Array, at: number, length: number) => {
        if (failIn-- > 0) return fs.writeSync(fd, bytes, at, length);
        fs.writeSync(fd, bytes, at, Math.min(10, length));
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      }) as SpoolFs['writeSync'],
    };
    const spool = folder({ fs: unwell, maxBytes: 4000 });
    spool.open();
    // Each append takes several writes, and fails in its third.
    for (let at = 0; at < 80; at += 40) {
      failIn = 2;
      expect(() => spool.append(chunk(at, texts(at, at + 40)))).toThrow('no space');
      failIn = Infinity;
      spool.append(chunk(at, texts(at, at + 40)));
    }
    expect(readAll(spool, 0, 80)).toEqual(numbers(0, 80));
    const frames = readdirSync(dir).flatMap((name) => readFrames(readFileSync(join(dir, name))));
    expect(frames.filter(({ kind }) => kind === ENTRY)).toHaveLength(80);
    spool.close();
  });

  it('leaves out what is gone, and gets on', () => {
    const spool = folder({ maxBytes: 2000 });
    spool.open();
    for (let at = 0; at < 40; at++) spool.append(chunk(at, texts(at, at + 1)));
    const names = readdirSync(dir).sort();
    truncateSync(join(dir, names[1]!), 30);
    rmSync(join(dir, names[2]!));
    expect(() => readAll(spool, 0, 40)).toThrow('ENOENT');
    const gone = Number(names[2]!.slice(0, 15));
    expect(spool.skip(gone)).toEqual({ to: Number(names[3]!.slice(0, 15)), entries: [] });
    spool.close();
    const next = folder({ maxBytes: 2000 });
    const { first, next: free } = next.open();
    expect([first, free]).toEqual([0, 40]);
    expect(readAll(next, first, free).length).toBeGreaterThan(20);
    next.close();
  });
});
