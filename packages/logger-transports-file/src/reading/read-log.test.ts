import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type FileError, readLog, readLogLines } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { range } from '../../test-fixtures/read-back';
import { allOf, layBytes, layLog, lineOf, numbersOf, timeOf } from '../../test-fixtures/stored-logs';

describe('reading back', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');

  /** 1 to 500 in five files: two ways of compression, numbers over 9, the live file last. */
  function laySeries(): void {
    layLog(folder.path('app.log.8.br'), 1, 100);
    layLog(folder.path('app.log.9.gz'), 101, 200);
    layLog(folder.path('app.log.10.gz'), 201, 300);
    layLog(folder.path('app.log.11'), 301, 400);
    layLog(path(), 401, 500);
  }

  it('reads a live file with all that was put aside from it, in order', async () => {
    laySeries();
    expect(await numbersOf(readLog(path()))).toEqual(range(1, 500));
  });

  it('reads the youngest first on request', async () => {
    laySeries();
    expect(await numbersOf(readLog(path(), { reverse: true }))).toEqual(range(1, 500).reverse());
  });

  it('reads a record as it was written', async () => {
    layBytes(path(), lineOf(1, { price: '64123.5', error: { name: 'Error', cause: {} }, text: 'ü\n"{' }), timeOf(1));
    for await (const record of readLog(path())) expect(record).toEqual(JSON.parse(readFileSync(path(), 'utf8')));
    expect.assertions(1);
  });

  it.each([
    [0, 1],
    [1, 2],
    [100, 102],
    [150, 250],
    [299, 302],
    [340, 360],
    [395, 405],
    [450, 460],
    [500, 501],
    [500, 9999],
    [-50, 3],
    [-50, 0],
    [501, 600],
    [250, 250],
  ])('reads from %i inclusive to %i exclusive, in both directions', async (from, to) => {
    laySeries();
    const wanted = range(1, 500).filter((n) => n >= from && n < to);
    const options = { from: timeOf(from), to: timeOf(to), toleranceMs: 0 };
    expect(await numbersOf(readLog(path(), options))).toEqual(wanted);
    expect(await numbersOf(readLog(path(), { ...options, reverse: true }))).toEqual(wanted.reverse());
  });

  it('finds every edge in a plain file that is bisected many times, in both directions', async () => {
    const width = 300;
    layLog(path(), 1, 4000, (n) => lineOf(n, { pad: 'x'.repeat((n * 7919) % width) }));
    for (const from of [1, 2, 17, 999, 2000, 2001, 3998, 4000]) {
      const options = { from: timeOf(from), to: timeOf(from + 3), toleranceMs: 0 };
      const wanted = range(from, Math.min(4000, from + 2));
      expect(await numbersOf(readLog(path(), options))).toEqual(wanted);
      expect(await numbersOf(readLog(path(), { ...options, reverse: true }))).toEqual(wanted.reverse());
    }
  });

  it('takes a Date, milliseconds and text for an instant', async () => {
    laySeries();
    const inputs = [new Date(timeOf(499)), timeOf(499), new Date(timeOf(499)).toISOString()];
    for (const from of inputs) expect(await numbersOf(readLog(path(), { from }))).toEqual([499, 500]);
  });

  it('finds lines that stand up to the tolerance away from where their times belong', async () => {
    const order = [1, 2, 9, 3, 4, 5, 6, 7, 8, 10, 11, 12];
    layBytes(path(), order.map((n) => lineOf(n)).join(''), timeOf(12));
    const found = (toleranceMs: number): Promise<number[]> =>
      numbersOf(readLog(path(), { from: timeOf(3), to: timeOf(6), toleranceMs }));
    expect(await found(10_000)).toEqual([3, 4, 5]);
    expect(await found(0)).toEqual([]);
  });

  it('has the filter of a destination, and functions', async () => {
    const make = (n: number): string =>
      lineOf(n, {
        level: n % 10 === 0 ? 'error' : 'info',
        category: n % 2 === 0 ? 'trade' : 'general',
        logger: n < 50 ? 'bot.ema' : 'bots',
      });
    layLog(path(), 1, 100, make);
    const numbers = (filter: Parameters<typeof readLog>[1]): Promise<number[]> => numbersOf(readLog(path(), filter));
    expect(await numbers({ filter: { minLevel: 'error' } })).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(await numbers({ filter: { category: ['trade'], logger: 'bot', minLevel: 'error' } })).toEqual([
      10, 20, 30, 40,
    ]);
    expect(await numbers({ filter: { match: { n: 7, level: 'info' } } })).toEqual([7]);
    expect(await numbers({ filter: ({ n }) => n === 99, reverse: true })).toEqual([99]);
  });

  it('merges series by time: files of other processes, and archived files beside live ones', async () => {
    const every = (offset: number) => (n: number) => (n % 2 === offset ? lineOf(n) : '');
    layLog(folder.path('a.log'), 1, 300, every(0));
    layLog(folder.path('b.log.1.gz'), 1, 100, every(1));
    layLog(folder.path('archive', 'b.log.2.gz'), 101, 200, every(1));
    layLog(folder.path('b.log'), 201, 300, every(1));
    const paths = [folder.path('*.log'), folder.path('archive')];
    expect(await numbersOf(readLog(paths))).toEqual(range(1, 300));
    expect(await numbersOf(readLog(paths, { reverse: true }))).toEqual(range(1, 300).reverse());
    expect(await numbersOf(readLog(paths, { from: timeOf(90), to: timeOf(111) }))).toEqual(range(90, 110));
  });

  it('reads dated files in the order of their times', async () => {
    layLog(folder.path('app-2026-11-19.log.gz'), 1, 10);
    layLog(folder.path('app-2026-11-20.log.1'), 11, 20);
    layLog(folder.path('app-2026-11-20.log'), 21, 30);
    layLog(folder.path('app-2026-11-21.log'), 31, 40);
    layLog(folder.path('other-2026-11-21.log'), 100, 101);
    const paths = folder.path('app-%DATE%.log');
    expect(await numbersOf(readLog(paths))).toEqual(range(1, 40));
    expect(await numbersOf(readLog(paths, { reverse: true }))).toEqual(range(1, 40).reverse());
    expect(await numbersOf(readLog(paths, { from: timeOf(9), to: timeOf(23) }))).toEqual(range(9, 22));
  });

  it('reads the logs of a folder and nothing else in it', async () => {
    laySeries();
    layLog(folder.path('trades.jsonl'), 501, 510);
    symlinkSync(path(), folder.path('current.log'));
    mkdirSync(folder.path('app.log.3'));
    writeFileSync(folder.path('app.log.7.gz.tmp'), 'half made');
    writeFileSync(folder.path('manifest.jsonl'), '{"n":-1}\n');
    writeFileSync(folder.path('package.json'), '{"n":-2}\n');
    expect(await numbersOf(readLog(folder.path()))).toEqual(range(1, 510));
  });

  it('reads through a link to the live file, and each file once however often it is named', async () => {
    laySeries();
    symlinkSync(path(), folder.path('current.log'));
    const paths = [folder.path('current.log'), path(), folder.path('app.log.*'), folder.path()];
    expect(await numbersOf(readLog(paths))).toEqual(range(1, 500));
  });

  it('reads single files put aside when they are named', async () => {
    laySeries();
    expect(await numbersOf(readLog(folder.path('app.log.9.gz')))).toEqual(range(101, 200));
    expect(await numbersOf(readLog(folder.path('app.log.*.gz')))).toEqual(range(101, 300));
    // Compressed since its name was noted.
    expect(await numbersOf(readLog(folder.path('app.log.10')))).toEqual(range(201, 300));
  });

  it('reads what was put aside when there is no live file', async () => {
    laySeries();
    unlinkSync(path());
    expect(await numbersOf(readLog(path()))).toEqual(range(1, 400));
    expect(await numbersOf(readLog(path(), { reverse: true }))).toEqual(range(1, 400).reverse());
  });

  it('leaves out a torn line, at the end and within, and reads on behind it', async () => {
    layBytes(path(), `${lineOf(1)}${lineOf(2).slice(0, 60)}\n${lineOf(3)}\n\n${lineOf(4).slice(0, -20)}`, timeOf(4));
    expect(await numbersOf(readLog(path()))).toEqual([1, 3]);
    expect(await numbersOf(readLog(path(), { reverse: true }))).toEqual([3, 1]);
    const lines = await allOf(readLogLines(path()));
    expect(lines.map(({ record }) => record?.['n'])).toEqual([1, undefined, 3, undefined]);
    // A whole last line may lack its break.
    truncateSync(path(), Buffer.byteLength(lineOf(1)) - 1);
    expect(await numbersOf(readLog(path()))).toEqual([1]);
  });

  it('gives lines with their file and offset, and texts the time of the line before them', async () => {
    const text = '2026-11-21T08:00:01Z first\n  at somewhere\n2026-11-21 08:00:02.5Z ü\n2026-11-21T08:00:03Z third\n';
    layBytes(path(), text, timeOf(3));
    layBytes(folder.path('app.log.1.gz'), gzipSync('2026-11-21T08:00:00Z zeroth\n'), timeOf(0));
    const lines = await allOf(readLogLines(path()));
    expect(lines.map((line) => [line.text, line.timeMs - timeOf(0), basename(line.path)])).toEqual([
      ['2026-11-21T08:00:00Z zeroth', 0, 'app.log.1.gz'],
      ['2026-11-21T08:00:01Z first', 1000, 'app.log'],
      ['  at somewhere', 1000, 'app.log'],
      ['2026-11-21 08:00:02.5Z ü', 2500, 'app.log'],
      ['2026-11-21T08:00:03Z third', 3000, 'app.log'],
    ]);
    const bytes = Buffer.from(text);
    for (const line of lines.slice(1)) {
      expect(bytes.subarray(line.offset, line.offset + Buffer.byteLength(line.text)).toString()).toBe(line.text);
    }
    const backward = await allOf(readLogLines(path(), { reverse: true }));
    expect(backward).toEqual([...lines].reverse());
  });

  it('says what is damaged, after what can be read of it', async () => {
    laySeries();
    const archive = readFileSync(folder.path('app.log.9.gz'));
    const random = (n: number): string => lineOf(n, { salt: Array.from({ length: 40 }, () => Math.random()).join() });
    layLog(folder.path('app.log.9.gz'), 101, 300, random);
    truncateSync(folder.path('app.log.9.gz'), archive.length * 8);
    for (const reverse of [false, true]) {
      await expect(numbersOf(readLog(path(), { reverse }))).rejects.toMatchObject({
        code: 'MXL_FILE_DAMAGED',
        message: expect.stringContaining('app.log.9.gz') as string,
      });
      const told: FileError[] = [];
      const numbers = await numbersOf(readLog(path(), { reverse, onDamage: (error) => told.push(error) }));
      expect(told.map(({ code }) => code)).toEqual(['MXL_FILE_DAMAGED']);
      const all = reverse ? numbers.reverse() : numbers;
      expect(all).toEqual(expect.arrayContaining([...range(1, 101), ...range(301, 500)]));
    }
  });

  it('says at once what is wrong with a range, and while reading what is not there', async () => {
    expect(() => readLog(path(), { from: 'yesterday' })).toThrow(
      expect.objectContaining({
        code: 'MXL_FILE_READ_INVALID',
        message: expect.stringMatching(/from.*yesterday.*2026/) as string,
      }),
    );
    await expect(numbersOf(readLog(folder.path('app.lgo')))).rejects.toMatchObject({ code: 'MXL_FILE_NOT_FOUND' });
    await expect(numbersOf(readLog(folder.path('*.lgo')))).rejects.toMatchObject({ code: 'MXL_FILE_NOT_FOUND' });
  });

  it('takes characters of a name for what they are when there is such a file', async () => {
    layLog(folder.path('a[b]{c}*.log'), 1, 3);
    layLog(folder.path('ab.log'), 4, 5);
    expect(await numbersOf(readLog(folder.path('a[b]{c}*.log')))).toEqual([1, 2, 3]);
    layLog(folder.path('x[y]-2026.log'), 6, 7);
    expect(await numbersOf(readLog(folder.path('x[y]-%DATE%.log')))).toEqual([6, 7]);
  });

  it('neither misses nor repeats what is rotated and compressed while it reads', async () => {
    layLog(folder.path('app.log.1'), 1, 20_000);
    layLog(path(), 20_001, 40_000);
    const numbers: number[] = [];
    for await (const { n } of readLog(path())) {
      numbers.push(n as number);
      if (n === 10_000) {
        renameSync(path(), folder.path('app.log.2'));
        layLog(path(), 40_001, 40_010);
      }
      if (n === 15_000) {
        layLog(folder.path('app.log.2.gz'), 20_001, 40_000);
        unlinkSync(folder.path('app.log.2'));
      }
    }
    expect(numbers).toEqual(range(1, 40_010));
  });

  it('holds no file open once it has ended, early or not', async () => {
    laySeries();
    const opened = (): string[] => openFiles().filter((name) => name.includes(folder.path()));
    for await (const { n } of readLog(path(), { reverse: true })) if (n === 350) break;
    for await (const { n } of readLog(path())) if (n === 150) break;
    await numbersOf(readLog(path()));
    expect(opened()).toEqual([]);
  });
});

/** Where the descriptors of this process lead; told by Linux alone. */
function openFiles(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}
