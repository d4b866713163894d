import { randomBytes } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { type FileError, readLog, type ReadLogOptions } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { range } from '../../test-fixtures/read-back';
import { layBytes, layLog, lineOf, numbersOf, timeOf } from '../../test-fixtures/stored-logs';
import { PlainBytes } from './plain-bytes';
import { seekTime } from './seek-time';
import { spill } from './spill';
import { splitLinesBackward } from './split-lines';

describe('seeking by time', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');

  async function readTelling(options: ReadLogOptions): Promise<{ numbers: number[]; damaged: number }> {
    const told: FileError[] = [];
    const numbers = await numbersOf(readLog(path(), { ...options, onDamage: (error) => told.push(error) }));
    return { numbers, damaged: told.length };
  }

  /** Twenty archives of 100 records, each damaged behind its first lines, so that whoever reads it through is found out. */
  function layDamagedArchives(except: readonly number[]): void {
    for (const number of range(1, 20)) {
      const [from, to] = [number * 100, number * 100 + 99];
      const archive = folder.path(`app.log.${number}.gz`);
      if (except.includes(number)) layLog(archive, from, to);
      else layBytes(archive, Buffer.concat([gzipSync(lineOf(from)), randomBytes(100)]), timeOf(to));
    }
  }

  it('opens no archive that cannot hold the range, to either side', async () => {
    layDamagedArchives([7, 8]);
    for (const reverse of [false, true]) {
      const range3 = { from: timeOf(798), to: timeOf(801), toleranceMs: 1000, reverse };
      const { numbers, damaged } = await readTelling(range3);
      expect(numbers.sort()).toEqual([798, 799, 800]);
      expect(damaged).toBe(0);
    }
  });

  it('goes by the manifest where there is one', async () => {
    for (const number of range(1, 20)) layBytes(folder.path(`app.log.${number}.gz`), randomBytes(100), timeOf(5000));
    layLog(folder.path('app.log.7.gz'), 700, 799);
    const lines = range(1, 20).map((number) => {
      const [first, last] = [number * 100, number * 100 + 99].map((n) => new Date(timeOf(n)).toISOString());
      const digest = '0'.repeat(64);
      return JSON.stringify({
        name: `app.log.${number}.gz`,
        firstTime: first,
        lastTime: last,
        bytes: 1,
        sha256: digest,
      });
    });
    writeFileSync(folder.path('manifest.jsonl'), `${lines.join('\n')}\n`);
    for (const reverse of [false, true]) {
      const { numbers, damaged } = await readTelling({ from: timeOf(750), to: timeOf(752), toleranceMs: 0, reverse });
      expect(numbers.sort()).toEqual([750, 751]);
      expect(damaged).toBe(0);
    }
  });

  it('does not open a dated file that was last changed before the range', async () => {
    for (const day of range(1, 9)) {
      layBytes(folder.path(`app-2026-11-0${day}.log.gz`), randomBytes(100), timeOf(day));
    }
    layLog(folder.path('app-2026-11-10.log'), 100, 110);
    const records = readLog(folder.path('app-%DATE%.log'), { from: timeOf(105) });
    expect(await numbersOf(records)).toEqual(range(105, 110));
  });

  it('reads a few blocks of a large file to find a place in it', async () => {
    layLog(path(), 1, 40_000);
    let reads = 0;
    const { size } = statSync(path());
    const { open } = await import('node:fs/promises');
    const plain = await PlainBytes.of(await open(path()));
    const counted = Object.assign(Object.create(plain) as PlainBytes, {
      size,
      read: (position: number, length: number) => {
        reads += length;
        return plain.read(position, length);
      },
    });
    const { low, high } = await seekTime(counted, timeOf(30_000));
    const text = (await plain.read(low, high - low)).toString();
    await plain.close();
    expect(text).toContain(lineOf(30_000));
    expect(size).toBeGreaterThan(4_000_000);
    expect(reads).toBeLessThan(size / 8);
  });

  it('has the place between the lines before and those of an instant and later, whatever the lengths of lines', async () => {
    const { open } = await import('node:fs/promises');
    layLog(
      path(),
      1,
      900,
      (n) => lineOf(n, { pad: 'x'.repeat(n % 50 === 0 ? 40_000 : n % 7) }) + (n % 3 ? '' : 'text\n'),
    );
    const plain = await PlainBytes.of(await open(path()));
    const all = (await plain.read(0, plain.size)).toString();
    for (const n of range(0, 901)) {
      const { low, high } = await seekTime(plain, timeOf(n));
      const start = n > 900 ? all.length : all.indexOf(lineOf(Math.max(1, n)).slice(0, 40));
      expect(low).toBeLessThanOrEqual(start);
      expect(high).toBeGreaterThanOrEqual(start);
      for (const edge of [low, high]) expect(edge === 0 || all[edge - 1] === '\n').toBe(true);
    }
    await plain.close();
  });
});

describe('reading a large archive backward', () => {
  const folder = folderPerTest();

  it('keeps it in a file without a name, not in memory, and leaves nothing behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('mxl-read-'));
    const archive = folder.path('app.log.1.gz');
    const pad = 'x'.repeat(2000);
    layLog(archive, 1, 12_000, (n) => lineOf(n, { pad }));
    layLog(folder.path('app.log'), 12_001, 12_010);
    let n = 12_010;
    for await (const record of readLog(folder.path('app.log'), { reverse: true })) {
      if (record['n'] !== n) throw new Error(`${String(record['n'])} instead of ${n}`);
      n -= 1;
      if (n === 6000) {
        const now = readdirSync(tmpdir()).filter((name) => name.startsWith('mxl-read-'));
        if (process.platform !== 'win32') expect(now).toEqual(before);
      }
    }
    expect(n).toBe(0);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('mxl-read-'))).toEqual(before);
  });

  it('has the same bytes in memory and in a file', async () => {
    for (const size of [1000, 17 * 1024 * 1024]) {
      const bytes = Buffer.alloc(size, 'abc\n');
      const chunks = async function* (): AsyncGenerator<Buffer> {
        for (let at = 0; at < size; at += 65_536) yield await Promise.resolve(bytes.subarray(at, at + 65_536));
      };
      const spilled = await spill({ kind: 'streamed', chunks, close: () => Promise.resolve() });
      expect(spilled.size).toBe(size);
      expect((await spilled.read(size - 10, 20)).equals(bytes.subarray(size - 10))).toBe(true);
      let lines = 0;
      for await (const some of splitLinesBackward(spilled, size)) lines += some.length;
      expect(lines).toBe(size / 4);
      await spilled.close();
    }
  });
});
