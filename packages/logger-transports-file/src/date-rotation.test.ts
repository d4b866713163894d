import { existsSync, lstatSync, readdirSync, readlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createLogger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file, type FileOptions } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { linesOf, numbersIn, range } from '../test-fixtures/read-back';
import { runChild } from '../test-fixtures/run-child';

const DAY_S = 86_400;

describe('a dated file', () => {
  const folder = folderPerTest();

  /** Logs until there are so many files; answers how many records it took. */
  async function logUntil(
    files: number,
    pattern: RegExp,
    options: Omit<FileOptions, 'path'>,
    name = 'app-%DATE%.log',
  ): Promise<number> {
    const log = createLogger({ sources: false, destinations: [file({ path: folder.path(name), ...options })] });
    let n = 0;
    const dated = (): string[] => readdirSync(folder.path()).filter((one) => pattern.test(one));
    await waitFor(
      `${files} files`,
      () => {
        log.info('tick', { n: ++n });
        return dated().length >= files;
      },
      10_000,
    );
    expect((await log.close()).ok).toBe(true);
    return n;
  }

  it('begins anew when the date changes, with every record once and in order', async () => {
    const pattern = /^app-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.log$/;
    const written = await logUntil(3, pattern, { datePattern: 'YYYY-MM-DD-HH-mm-ss', utc: true });
    const names = readdirSync(folder.path()).sort();
    expect(names.every((name) => pattern.test(name))).toBe(true);
    expect(names.flatMap((name) => numbersIn(folder.path(name)))).toEqual(range(1, written));
    for (const name of names) {
      const [, date, hour, minute, second] = /app-(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)/.exec(name) as RegExpExecArray;
      const openedMs = Date.parse(`${date}T${hour}:${minute}:${second}Z`);
      // A record is in the file of the second in which it was written, which is not before the one of its call.
      for (const line of linesOf(folder.path(name))) {
        expect(Date.parse(JSON.parse(line).timestamp)).toBeLessThan(openedMs + 1000);
      }
    }
  });

  it('leads to the live file by a symbolic link, which follows the date', async () => {
    const pattern = /^app-\d/;
    await logUntil(2, pattern, { datePattern: 'YYYYMMDDHHmmss', createSymlink: true, symlinkName: 'now.log' });
    const newest = readdirSync(folder.path())
      .filter((name) => pattern.test(name))
      .sort()
      .at(-1);
    expect(lstatSync(folder.path('now.log')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(folder.path('now.log'))).toContain(newest);
    expect(linesOf(folder.path('now.log'))).toEqual(linesOf(folder.path(newest as string)));
  });

  it('keeps as many files as it is told over the dates', async () => {
    writeFileSync(folder.path('app-errors-20200101000000.log'), 'theirs');
    const names = ['20200101000000', '20200101000001', '20200101000002'].map((date) => `app-${date}.log`);
    names.forEach((name, index) => {
      writeFileSync(folder.path(name), '');
      utimesSync(folder.path(name), 1000 + index, 1000 + index);
    });
    await logUntil(1, /^app-202[1-9]/, { datePattern: 'YYYYMMDDHHmmss', maxFiles: 2 });
    expect(existsSync(folder.path('app-errors-20200101000000.log'))).toBe(true);
    expect(readdirSync(folder.path()).filter((name) => /^app-\d/.test(name))).toHaveLength(2);
    expect(names.slice(0, 2).some((name) => existsSync(folder.path(name)))).toBe(false);
  });

  it.each([
    ['maxFiles', { maxFiles: '14d' }],
    ['retentionDays', { retentionDays: 14 }],
  ])('deletes what is older than %s allows, and nothing that only looks like its own', async (_, options) => {
    const age = (name: string, days: number): void => {
      writeFileSync(folder.path(name), '');
      utimesSync(folder.path(name), Date.now() / 1000 - days * DAY_S, Date.now() / 1000 - days * DAY_S);
    };
    const own = ['app.log.1', 'app.log.2.gz'];
    const young = ['app.log.3', 'app.log.4.gz'];
    const others = ['app.log.bak', 'app-errors.log', 'app.logx', 'app.log.1.txt', 'current.log'];
    for (const name of [...own, ...others]) age(name, 15);
    for (const name of young) age(name, 13);
    await logUntil(1, /^app\.log$/, options, 'app.log');
    await waitFor('retention', () => !existsSync(folder.path('app.log.1')));
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', ...young, ...others].sort());
  });

  it('puts the date at the end of a path that has no place for it', async () => {
    await logUntil(1, /^app\.log\./, { datePattern: 'YYYY', utc: true }, 'app.log');
    expect(readdirSync(folder.path())).toEqual([`app.log.${new Date().getUTCFullYear()}`]);
  });

  it.each([true, false])('takes the date of the right place: utc %s', async (utc) => {
    const hourIn = (timeZone: string): string =>
      new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(new Date());
    const zone = utc ? 'UTC' : 'Asia/Tokyo';
    const before = hourIn(zone);
    const child = runChild(
      'log-and-exit.cjs',
      { file: { path: folder.path('%DATE%.log'), datePattern: 'HH', utc }, count: 10 },
      {
        env: { ...process.env, TZ: 'Asia/Tokyo' },
      },
    );
    expect((await child.ended).code).toBe(0);
    const [name, ...more] = readdirSync(folder.path());
    expect(more).toEqual([]);
    expect([`${before}.log`, `${hourIn(zone)}.log`]).toContain(name);
  });
});
