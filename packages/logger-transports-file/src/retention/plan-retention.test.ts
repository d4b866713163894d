import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ConfigError, createLogger } from '@metaexpert/logger-core';
import { file, type FileOptions, planRetention } from '@metaexpert/logger-transports-file';
import { waitFor } from '@metaexpert/logger-core/testing';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { isRoot, mountTmpfs, unmount } from '../../test-fixtures/privileges';
import { numbersIn } from '../../test-fixtures/read-back';

const DAY_S = 86_400;

describe('the plan of retention', () => {
  const folder = folderPerTest();

  function make(number: number, days: number, bytes = 100): void {
    const path = folder.path(`app.log.${String(number).padStart(6, '0')}`);
    writeFileSync(path, 'x'.repeat(bytes));
    utimesSync(path, Date.now() / 1000 - days * DAY_S, Date.now() / 1000 - days * DAY_S);
  }

  const numberOf = (path: string): number => Number(path.slice(-6));

  it('says what would go and why, oldest first, and deletes nothing', () => {
    for (const number of [1, 2, 3, 4, 5, 6]) make(number, number === 1 ? 100 : 10 - number);
    const before = readdirSync(folder.path());
    const plan = planRetention({ path: folder.path('app.log'), maxAge: '90d', maxFiles: 5, maxTotalSize: 350 });
    expect(plan.delete.map(({ path, reason }) => [numberOf(path), reason])).toEqual([
      [1, 'maxAge'],
      [2, 'maxFiles'],
      [3, 'maxTotalSize'],
    ]);
    expect(plan.delete[0]).toMatchObject({
      bytes: 100,
      why: expect.stringMatching(/^last changed .*kept for 90 days$/),
    });
    expect(plan.keep.map(numberOf)).toEqual([4, 5, 6]);
    expect(readdirSync(folder.path())).toEqual(before);
  });

  it('is what happens', async () => {
    for (const number of [1, 2, 3, 4]) make(number, 10 - number);
    const options: FileOptions = { path: folder.path('app.log'), maxTotalSize: '1k', maxSize: 800 };
    const plan = planRetention(options);
    expect(plan.delete.map(({ path }) => numberOf(path))).toEqual([1, 2]);
    const log = createLogger({ sources: false, destinations: [file(options)] });
    log.info('order placed');
    expect((await log.close()).ok).toBe(true);
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', ...plan.keep.map((path) => basename(path))]);
  });

  it('leaves what is held out, and deletes none of it', async () => {
    for (const number of [1, 2, 3]) make(number, 100);
    const held = { id: 'case-17', reason: 'inquiry', since: '2026-11-21T08:00:00Z', files: ['*000002'] };
    writeFileSync(folder.path('case-17.hold'), JSON.stringify(held));
    const options: FileOptions = { path: folder.path('app.log'), maxAge: '90d', zippedArchive: true };
    const plan = planRetention(options);
    expect(plan.held).toEqual([{ path: folder.path('app.log.000002'), holds: ['case-17'] }]);
    expect(plan.delete.map(({ path }) => numberOf(path))).toEqual([1, 3]);
    const log = createLogger({ sources: false, destinations: [file(options)] });
    log.info('order placed');
    expect((await log.close()).ok).toBe(true);
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', 'app.log.000002', 'case-17.hold']);
  });

  it('deletes as much as has to be free, which is all when the disk can never have it', () => {
    make(1, 2);
    make(2, 1);
    const free = (minFreeSpace: number | string): number[] =>
      planRetention({ path: folder.path('app.log'), minFreeSpace }).delete.map(({ path }) => numberOf(path));
    expect(free(1)).toEqual([]);
    expect(free('5000t')).toEqual([1, 2]);
  });

  it('takes the options of file(), and refuses what that would', () => {
    expect(() => planRetention({ path: folder.path('app.log'), maxAge: 'soon' })).toThrow(ConfigError);
  });

  (isRoot && process.platform === 'linux' ? it : it.skip)(
    'makes room on a disk that is full when the first record comes (needs Linux, root: a small tmpfs)',
    async () => {
      const disk = folder.path('disk');
      mountTmpfs(disk, '400k');
      try {
        for (const number of [1, 2, 3]) writeFileSync(`${disk}/app.log.00000${number}`, 'x'.repeat(130_000));
        expect(() => writeFileSync(`${disk}/rest`, 'x'.repeat(100_000))).toThrow('ENOSPC');
        const log = createLogger({
          sources: false,
          destinations: [file({ path: `${disk}/app.log`, minFreeSpace: '200k' })],
        });
        log.on('failure', () => undefined);
        log.info('order placed', { n: 1 });
        await waitFor('the record', () => log.health()[0]?.delivered === 1, 10_000);
        expect((await log.close()).ok).toBe(true);
        expect(readdirSync(disk).sort()).toEqual(['app.log', 'app.log.000003', 'rest']);
        expect(numbersIn(`${disk}/app.log`)).toEqual([1]);
      } finally {
        unmount(disk);
      }
    },
  );
});
