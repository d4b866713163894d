import { closeSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { openExclusive } from './open-exclusive';

describe('a temporary file', () => {
  const folder = folderPerTest();

  it('has the wanted name when that is free', () => {
    const { fd, path } = openExclusive(folder.path('app.log.1.gz'), '.tmp');
    closeSync(fd);
    expect(path).toBe(folder.path('app.log.1.gz.tmp'));
  });

  it('is made beside one that a crash or another keeper has there, which stays as it is', () => {
    writeFileSync(folder.path('app.log.1.gz.tmp'), 'half an archive');
    const made = [1, 2].map(() => openExclusive(folder.path('app.log.1.gz'), '.tmp'));
    for (const { fd } of made) {
      writeSync(fd, 'mine');
      closeSync(fd);
    }
    const paths = [folder.path('app.log.1.gz.tmp'), ...made.map(({ path }) => path)];
    expect(new Set(paths).size).toBe(3);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['half an archive', 'mine', 'mine']);
    for (const { path } of made) expect(path).toMatch(/\.gz\.\d+-[0-9a-z]{8}\.tmp$/);
  });

  it('of a folder that is not there is an error', () => {
    expect(() => openExclusive(folder.path('nowhere', 'app.log.1.gz'), '.tmp')).toThrow('ENOENT');
  });
});
