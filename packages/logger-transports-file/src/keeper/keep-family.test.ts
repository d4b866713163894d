import { readdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { plainOf } from '../../test-fixtures/read-back';
import { keepFamily } from '../keeper/keep-family';
import { resolveFileSettings } from '../options/file-settings';

describe('a family that is looked after', () => {
  const folder = folderPerTest();

  async function keep(): Promise<void> {
    const settings = resolveFileSettings({
      path: folder.path('app-%DATE%.log'),
      datePattern: 'YYYY-MM-DD',
      maxSize: 100,
      zippedArchive: true,
    });
    const livePath = folder.path('app-2026-11-22.log');
    expect(await keepFamily({ settings, livePath, nowMs: Date.now() })).toEqual([]);
  }

  function make(name: string, text: string): void {
    writeFileSync(folder.path(name), name.endsWith('.gz') ? gzipSync(text) : text);
  }

  const contents = (): Record<string, string> =>
    Object.fromEntries(readdirSync(folder.path()).map((name) => [name, plainOf(folder.path(name)).toString()]));

  it('has a number for the last file of a date, so that the names sort', async () => {
    make('app-2026-11-21.log.000001.gz', 'first\n');
    make('app-2026-11-21.log', 'last\n');
    make('app-2026-11-22.log', 'live\n');
    await keep();
    expect(contents()).toEqual({
      'app-2026-11-21.log.000001.gz': 'first\n',
      'app-2026-11-21.log.000002.gz': 'last\n',
      'app-2026-11-22.log': 'live\n',
    });
  });

  it('deletes an original whose archive a crash has left beside it', async () => {
    make('app-2026-11-21.log', 'same\n');
    make('app-2026-11-21.log.gz', 'same\n');
    await keep();
    expect(contents()).toEqual({ 'app-2026-11-21.log.gz': 'same\n' });
  });

  it('leaves nothing behind of archives that several crashes have cut off, one after the other', async () => {
    make('app-2026-11-21.log', 'same\n');
    make('app-2026-11-21.log.gz', 'same\n');
    make('app-2026-11-20.log', 'other\n');
    for (const name of [
      '21.log.gz.tmp',
      '21.log.gz.4711-0123abcd.tmp',
      '20.log.gz.tmp',
      '20.log.gz.4711-0123abcd.tmp',
    ]) {
      writeFileSync(folder.path(`app-2026-11-${name}`), 'half');
    }
    await keep();
    expect(contents()).toEqual({ 'app-2026-11-20.log.gz': 'other\n', 'app-2026-11-21.log.gz': 'same\n' });
  });

  it('loses nothing of a name that was used again after it had been compressed', async () => {
    make('app-2026-11-21.log.gz', 'before the clock went back\n');
    make('app-2026-11-21.log', 'after\n');
    await keep();
    expect(contents()).toEqual({
      'app-2026-11-21.log.gz': 'before the clock went back\n',
      'app-2026-11-21.log.000001.gz': 'after\n',
    });
  });

  it('makes an archive anew that is no archive', async () => {
    make('app-2026-11-21.log', 'whole\n');
    writeFileSync(folder.path('app-2026-11-21.log.gz'), 'half of an archive that another program left');
    await keep();
    expect(plainOf(folder.path('app-2026-11-21.log.000001.gz')).toString()).toBe('whole\n');
  });
});
