import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { type RotatedFile } from '../rotation/file-family';
import { deleteFiles, filesToDelete, type RetentionRules } from './files-to-delete';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-11-21T08:00:00Z');

/** Files put aside, oldest first, by their age in days; 100 bytes each. */
function aged(...days: number[]): RotatedFile[] {
  return days.map((age, index) => ({
    path: `app.log.${index + 1}`,
    liveName: 'app.log',
    bytes: 100,
    modifiedMs: NOW_MS - age * DAY_MS,
    number: index + 1,
    compressed: false,
  }));
}

const NO_RULES = {
  maxBytes: undefined,
  keepFiles: undefined,
  keepMs: undefined,
  maxTotalBytes: undefined,
  minFreeBytes: undefined,
};

/** `1 maxAge`: number and reason of each file that goes. */
function doomed(files: readonly RotatedFile[], rules: Partial<RetentionRules>, freeBytes = 0, liveBytes = 0): string[] {
  const state = { nowMs: NOW_MS, liveBytes, freeBytes };
  return filesToDelete(files, { ...NO_RULES, ...rules }, state).map(
    ({ file, reason }) => `${file.number ?? ''} ${reason}`,
  );
}

describe('retention', () => {
  const folder = folderPerTest();

  it('deletes nothing when nothing is said', () => {
    expect(doomed(aged(4000, 300, 20, 1), {})).toEqual([]);
  });

  it('counts the live file among those kept', () => {
    expect(doomed(aged(4, 3, 2, 1), { keepFiles: 3 })).toEqual(['1 maxFiles', '2 maxFiles']);
    expect(doomed(aged(4, 3), { keepFiles: 3 })).toEqual([]);
    expect(doomed(aged(2, 1), { keepFiles: 1 })).toEqual(['1 maxFiles', '2 maxFiles']);
  });

  it('deletes what is older than the days given, and keeps what is not', () => {
    expect(doomed(aged(15, 14.001, 14, 13), { keepMs: 14 * DAY_MS })).toEqual(['1 maxAge', '2 maxAge']);
  });

  it('deletes the oldest until all fit into the total, with room for the live file to grow to its limit', () => {
    expect(doomed(aged(4, 3, 2, 1), { maxTotalBytes: 300 }, 0, 100)).toEqual(['1 maxTotalSize', '2 maxTotalSize']);
    expect(doomed(aged(4, 3, 2, 1), { maxTotalBytes: 500 }, 0, 100)).toEqual([]);
    expect(doomed(aged(4, 3, 2, 1), { maxTotalBytes: 500, maxBytes: 300 }, 0, 10)).toEqual([
      '1 maxTotalSize',
      '2 maxTotalSize',
    ]);
  });

  it('deletes the oldest until enough is free, and no more', () => {
    expect(doomed(aged(4, 3, 2, 1), { minFreeBytes: 1000 }, 850)).toEqual(['1 minFreeSpace', '2 minFreeSpace']);
    expect(doomed(aged(4, 3, 2, 1), { minFreeBytes: 1000 }, 1000)).toEqual([]);
  });

  it('goes by whichever rule bites first; what age frees is free for the others', () => {
    expect(doomed(aged(20, 3, 2, 1), { keepFiles: 3, keepMs: 14 * DAY_MS })).toEqual(['1 maxAge', '2 maxFiles']);
    expect(doomed(aged(20, 19, 2), { keepFiles: 3, keepMs: 14 * DAY_MS })).toEqual(['1 maxAge', '2 maxAge']);
    expect(doomed(aged(20, 3, 2, 1), { keepMs: 14 * DAY_MS, minFreeBytes: 100 }, 0)).toEqual(['1 maxAge']);
    expect(doomed(aged(5, 4, 3, 2, 1), { keepFiles: 5, maxTotalBytes: 200, minFreeBytes: 400 })).toEqual([
      '1 maxFiles',
      '2 maxTotalSize',
      '3 maxTotalSize',
      '4 minFreeSpace',
    ]);
  });

  it('goes on after a file that cannot be deleted, names the reason, and does not mind one that is gone', () => {
    mkdirSync(folder.path('app.log.1'));
    writeFileSync(folder.path('app.log.3'), 'x');
    const files = aged(3, 2, 1).map((file) => ({ ...file, path: folder.path(file.path) }));
    expect(deleteFiles(files)).toMatchObject({ path: folder.path('app.log.1') });
    expect(existsSync(folder.path('app.log.3'))).toBe(false);
    expect(deleteFiles(files.slice(1))).toBeUndefined();
  });
});
