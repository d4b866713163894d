import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createLogger, type Logger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file, type FileOptions } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { familyOf, linesOf, nameOf, numbersIn, numbersOver, range } from '../test-fixtures/read-back';

describe('a file rotated by size', () => {
  const folder = folderPerTest();

  function open(options: Partial<FileOptions> = {}): Logger {
    return createLogger({
      sources: false,
      destinations: [file({ path: folder.path('app.log'), maxSize: 20_000, ...options })],
    });
  }

  async function logAndClose(log: Logger, from: number, to: number, text = 'order placed'): Promise<void> {
    for (const n of range(from, to)) log.info(text, { n });
    expect((await log.close()).ok).toBe(true);
  }

  it('has every record of a burst once and in order over files that are named by growing numbers', async () => {
    const log = open({ maxSize: 100_000 });
    for (let from = 1; from <= 20_000; from += 1000) {
      // A queue holds 10,000 records; a slow disk must not make the test lose what it is to find.
      await waitFor('room in the queue', () => log.health()[0]!.queued < 5000, 10_000);
      for (const n of range(from, from + 999)) log.info('order placed', { n, symbol: 'BTCUSDT', price: '64123.5' });
    }
    expect((await log.close({ timeoutMs: 10_000 })).ok).toBe(true);
    const family = familyOf(folder.path('app.log'));
    expect(numbersOver(folder.path('app.log'))).toEqual(range(1, 20_000));
    const rotated = range(1, family.length - 1).map((number) => nameOf(number));
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', ...rotated].sort());
    expect(family.length).toBeGreaterThan(20);
  });

  it('is never larger than its limit, and put aside only when the next record would not fit', async () => {
    await logAndClose(open(), 1, 1000);
    const family = familyOf(folder.path('app.log'));
    const sizes = family.map((path) => statSync(path).size);
    const firstLines = family.map((path) => Buffer.byteLength(linesOf(path)[0] as string) + 1);
    sizes.forEach((size, index) => {
      expect(size).toBeLessThanOrEqual(20_000);
      const next = firstLines[index + 1];
      if (next !== undefined) expect(size + next).toBeGreaterThan(20_000);
    });
  });

  it('takes a record exactly as large as the room that is left', async () => {
    const log = open({ format: () => 'x'.repeat(99), maxSize: '1000' });
    await logAndClose(log, 1, 20);
    const sizes = familyOf(folder.path('app.log')).map((path) => statSync(path).size);
    expect(sizes).toEqual([1000, 1000]);
  });

  it('gives a record larger than the limit a file to itself, whole', async () => {
    const log = open({ maxSize: '2k' });
    log.info('small', { n: 1 });
    log.info('x'.repeat(5000), { n: 2 });
    await logAndClose(log, 3, 3);
    expect(familyOf(folder.path('app.log')).map(numbersIn)).toEqual([[1], [2], [3]]);
  });

  it('never cuts a record that has line breaks of its own', async () => {
    const text = ({ fields }: { fields: { n?: unknown } }): string =>
      `begin ${String(fields.n)}\n  middle\nend ${String(fields.n)}`;
    const log = open({ maxSize: '2k', format: text as FileOptions['format'] & object });
    for (const n of range(1, 200)) {
      log.info('order', { n });
      if (n % 10 === 0) await log.flush();
    }
    await log.close();
    const family = familyOf(folder.path('app.log'));
    expect(family.length).toBeGreaterThan(2);
    for (const path of family) expect(readFileSync(path, 'utf8')).toMatch(/^(begin (\d+)\n {2}middle\nend \2\n)+$/);
    const numbers = family.flatMap(linesOf).flatMap((line) => /^begin (\d+)/.exec(line)?.[1] ?? []);
    expect(numbers.map(Number)).toEqual(range(1, 200));
  });

  it('goes on after a restart: the live file is filled up, and the numbers grow on', async () => {
    await logAndClose(open(), 1, 500);
    const before = familyOf(folder.path('app.log')).slice(0, -1);
    const contents = before.map((path) => readFileSync(path, 'utf8'));
    await logAndClose(open(), 501, 1000);
    expect(before.map((path) => readFileSync(path, 'utf8'))).toEqual(contents);
    expect(numbersOver(folder.path('app.log'))).toEqual(range(1, 1000));
    const sizes = familyOf(folder.path('app.log')).map((path) => statSync(path).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20_000);
    for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThan(19_500);
  });

  it('ends a line that a crash has torn before it writes its own', async () => {
    writeFileSync(folder.path('app.log'), '{"message":"whole","n":1}\n{"message":"to');
    await logAndClose(open(), 2, 3);
    const [whole, torn, ...own] = linesOf(folder.path('app.log'));
    expect([whole, torn]).toEqual(['{"message":"whole","n":1}', '{"message":"to']);
    expect(own.map((line) => JSON.parse(line).n)).toEqual([2, 3]);
  });

  it('keeps as many files as it is told, the newest, and none of a neighbour is touched', async () => {
    const neighbours = [
      'app.log.bak',
      'app-errors.log',
      'app-errors.log.1',
      'app.logx',
      'app.log.1.bak',
      'app.log.01',
      'my-app.log.1',
    ];
    for (const name of neighbours) writeFileSync(folder.path(name), 'theirs');
    await logAndClose(open({ maxFiles: 3 }), 1, 2000);
    const ours = readdirSync(folder.path()).filter((name) => !neighbours.includes(name));
    expect(ours).toHaveLength(3);
    for (const name of neighbours) expect(readFileSync(folder.path(name), 'utf8')).toBe('theirs');
    const family = ours
      .map((name) => folder.path(name))
      .sort((a, b) => (numbersIn(a)[0] as number) - (numbersIn(b)[0] as number));
    const kept = family.flatMap(numbersIn);
    expect(kept).toEqual(range(kept[0] as number, 2000));
    expect(family.at(-1)).toBe(folder.path('app.log'));
  });

  it('keeps two destinations of one folder apart', async () => {
    const log = createLogger({
      sources: false,
      destinations: [
        file({ name: 'main', path: folder.path('app.log'), maxSize: 20_000, maxFiles: 2 }),
        file({ name: 'errors', path: folder.path('app-errors.log'), maxSize: 20_000, level: 'error' }),
      ],
    });
    for (const n of range(1, 1000)) log.error('order rejected', { n });
    expect((await log.close()).ok).toBe(true);
    expect(numbersOver(folder.path('app-errors.log'))).toEqual(range(1, 1000));
    expect(familyOf(folder.path('app.log'))).toHaveLength(2);
  });
});
