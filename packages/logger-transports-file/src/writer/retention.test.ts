import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { type RotatedFile } from './file-family';
import { deleteFiles, filesToDelete } from './retention';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-11-21T08:00:00Z');

/** Files put aside, oldest first, by their age in days. */
function aged(...days: number[]): RotatedFile[] {
  return days.map((age, index) => ({
    path: `app.log.${index + 1}`,
    modifiedMs: NOW_MS - age * DAY_MS,
    number: index + 1,
    compressed: false,
  }));
}

function doomed(files: readonly RotatedFile[], keepFiles: number | undefined, keepDays?: number): string[] {
  const keepMs = keepDays === undefined ? undefined : keepDays * DAY_MS;
  return filesToDelete(files, { keepFiles, keepMs }, NOW_MS).map(({ path }) => path);
}

describe('retention', () => {
  const folder = folderPerTest();

  it('deletes nothing when nothing is said', () => {
    expect(doomed(aged(4000, 300, 20, 1), undefined)).toEqual([]);
  });

  it('counts the live file among those kept', () => {
    expect(doomed(aged(4, 3, 2, 1), 3)).toEqual(['app.log.1', 'app.log.2']);
    expect(doomed(aged(4, 3), 3)).toEqual([]);
    expect(doomed(aged(2, 1), 1)).toEqual(['app.log.1', 'app.log.2']);
  });

  it('deletes what is older than the days given, and keeps what is not', () => {
    expect(doomed(aged(15, 14.001, 14, 13), undefined, 14)).toEqual(['app.log.1', 'app.log.2']);
  });

  it('deletes a file that breaks either rule', () => {
    expect(doomed(aged(20, 3, 2, 1), 3, 14)).toEqual(['app.log.1', 'app.log.2']);
    expect(doomed(aged(20, 19, 2), 3, 14)).toEqual(['app.log.1', 'app.log.2']);
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
