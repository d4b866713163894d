import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, createLogger } from '@metaexpert/logger-core';
import { file, type FileOptions, filePlugin } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { resolveFileSettings } from './file-settings';

describe('the options of a file', () => {
  const folder = folderPerTest();

  /** The lines of the ConfigError that wrong options end in. */
  function mistakes(options: object, plain = false): string[] {
    const destination = plain ? { type: 'file', ...options } : file(options as FileOptions);
    try {
      const log = createLogger({ sources: false, plugins: [filePlugin], destinations: [destination] });
      void log.close();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(ConfigError);
      return (thrown as ConfigError).message.split('\n');
    }
    return [];
  }

  it('are all checked before anything is opened, with a line for each mistake', () => {
    const path = folder.path('logs', 'app.log');
    const lines = mistakes({ path, maxSize: '10x', maxFiles: 0, zippedArchive: 'yes', utc: 1, maxSzie: 5 });
    const about = (key: string): string => lines.filter((line) => line.startsWith(`destinations[0].${key}: `)).join();
    expect(about('maxSize')).toContain(`'10x'`);
    expect(about('maxFiles')).toMatch(/: 0 .*1/);
    expect(about('zippedArchive')).toMatch(/'yes' is not .*boolean/);
    expect(about('utc')).toMatch(/1 is not .*boolean/);
    expect(about('maxSzie')).toContain(`(did you mean 'maxSize'?)`);
    expect(existsSync(folder.path('logs'))).toBe(false);
  });

  it('are checked as plain configuration too', () => {
    expect(mistakes({ maxFiles: 5 }, true)).toEqual(['destinations[0].path: is missing']);
    expect(mistakes({ path: 5 }, true)).toEqual(['destinations[0].path: 5 is not a string']);
  });

  it('are named in words a person can act on', () => {
    const rule = `is not a path: at least one character, none of " < > | nor a control character, and %DATE% in the file's name alone`;
    expect(mistakes({ path: '' })).toEqual([`destinations[0].path: '' ${rule}`]);
    expect(mistakes({ path: 'a\u0000b' })).toEqual([`destinations[0].path: 'a\\x00b' ${rule}`]);
    expect(mistakes({ path: 'a.log', datePattern: '' })).toEqual(['destinations[0].datePattern: is empty']);
  });

  it.each([
    ['path', ''],
    ['path', 'a<b.log'],
    ['path', 'a\u0000b.log'],
    ['path', 'logs/%DATE%/app.log'],
    ['datePattern', ''],
    ['maxSize', 0],
    ['maxSize', -1],
    ['maxSize', 1.5],
    ['maxSize', '5 MB'],
    ['maxSize', '0k'],
    ['maxTotalSize', '5gb'],
    ['minFreeSpace', -1],
    ['maxAge', '90'],
    ['maxAge', '6m'],
    ['maxAge', 90],
    ['timeZone', 'Europe/Atlantis'],
    ['compress', 'rar'],
    ['archive', 'old'],
    ['symlinkName', '../x.log'],
    ['datePattern', 'YYYY/MM'],
    ['datePattern', '[x]L'],
    ['maxFiles', '0d'],
    ['maxFiles', '14 days'],
    ['retentionDays', 0],
    ['symlinkName', ''],
  ])('refuse %s: %j', (key, value) => {
    expect(mistakes({ path: 'logs/app.log', [key]: value }).join()).toContain(`destinations[0].${key}: `);
  });

  it('take sizes in the units of winston-daily-rotate-file', () => {
    const maxBytes = (maxSize: number | string): number | undefined =>
      resolveFileSettings({ path: 'a', maxSize }).maxBytes;
    expect(['500', 500, '1k', '2K', '1.5m', '1g'].map(maxBytes)).toEqual([
      500, 500, 1024, 2048, 1_572_864, 1_073_741_824,
    ]);
    expect(resolveFileSettings({ path: 'a' }).maxBytes).toBeUndefined();
  });

  it('take a count of files or an age, and the stricter of two ages', () => {
    const kept = (options: Partial<FileOptions>): unknown[] => {
      const { keepFiles, keepMs } = resolveFileSettings({ path: 'a', ...options });
      return [keepFiles, keepMs === undefined ? undefined : keepMs / 86_400_000];
    };
    expect(kept({})).toEqual([undefined, undefined]);
    expect(kept({ maxFiles: 5 })).toEqual([5, undefined]);
    expect(kept({ maxFiles: '5' })).toEqual([5, undefined]);
    expect(kept({ maxFiles: '5d' })).toEqual([undefined, 5]);
    expect(kept({ maxFiles: 5, retentionDays: 0.5 })).toEqual([5, 0.5]);
    expect(kept({ maxFiles: '5d', retentionDays: 7 })).toEqual([undefined, 5]);
    expect(kept({ maxFiles: '9d', retentionDays: 7 })).toEqual([undefined, 7]);
  });

  it('put the date where the path says, else at its end, and by the day where nothing is said', () => {
    const dated = (options: FileOptions): unknown[] => {
      const { path, datePattern } = resolveFileSettings(options);
      return [path, datePattern];
    };
    expect(dated({ path: 'app.log' })).toEqual([resolve('app.log'), undefined]);
    expect(dated({ path: 'app-%DATE%.log' })).toEqual([resolve('app-%DATE%.log'), 'YYYY-MM-DD']);
    expect(dated({ path: 'app-%DATE%.log', datePattern: 'HH' })).toEqual([resolve('app-%DATE%.log'), 'HH']);
    expect(dated({ path: 'app.log', datePattern: 'HH' })).toEqual([resolve('app.log.%DATE%'), 'HH']);
  });

  it('make a symbolic link only when told to', () => {
    const link = (options: Partial<FileOptions>): unknown => resolveFileSettings({ path: 'a', ...options }).symlinkName;
    expect(link({ symlinkName: 'x.log' })).toBeUndefined();
    expect(link({ createSymlink: true })).toBe('current.log');
    expect(link({ createSymlink: true, symlinkName: 'x.log' })).toBe('x.log');
  });

  it('are told with the accepted forms when a size or an age is nonsense', () => {
    const path = folder.path('app.log');
    expect(mistakes({ path, maxTotalSize: '5gb' })).toEqual([
      "destinations[0].maxTotalSize: '5gb' is no size: write a number of bytes, or a number with k, m, g or t: 500000, '10m', '1.5g'",
    ]);
    // No minutes beside months.
    expect(mistakes({ path, archive: { path: 'old', afterAge: '6m' } }).join()).toMatch(
      /^destinations\[0\]\.archive\.afterAge: '6m' is no age: write .*'90d'/,
    );
  });

  it('take the first of zippedArchive and compress, and refuse a contradiction', () => {
    const compress = (options: Partial<FileOptions>): unknown =>
      resolveFileSettings({ path: 'a', ...options }).compress;
    expect(compress({ zippedArchive: true })).toBe('gzip');
    expect(compress({ compress: 'brotli' })).toBe('brotli');
    expect(compress({ zippedArchive: false })).toBeUndefined();
    const path = folder.path('app.log');
    expect(mistakes({ path, compress: 'brotli', zippedArchive: true }).join()).toContain('destinations[0].compress: ');
    expect(mistakes({ path, utc: true, timeZone: 'Asia/Tokyo' }).join()).toContain('destinations[0].timeZone: ');
  });

  it('say when files would be deleted before they are archived', () => {
    const path = folder.path('app.log');
    expect(mistakes({ path, maxAge: '7d', archive: { path: folder.path('old'), afterAge: '30d' } }).join()).toContain(
      'nothing would be archived',
    );
  });

  it('refuse an archive in the folder of the logs, also by a link', () => {
    symlinkSync(folder.path(), folder.path('link'));
    for (const path of [folder.path(), folder.path('link')]) {
      const wrong = mistakes({ path: folder.path('app.log'), archive: { path, afterAge: '30d' } });
      expect(wrong.join()).toMatch(/^destinations\[0\]\.archive\.path: /);
    }
  });

  it('take a date with any words in it', () => {
    expect(mistakes({ path: folder.path('app-%DATE%.log'), datePattern: '[Log] YYYY [L]' })).toEqual([]);
  });

  describe('of two destinations', () => {
    function both(first: object, second: object): string {
      try {
        const log = createLogger({
          sources: false,
          destinations: [file({ path: '', ...first }), file({ name: 'b', path: '', ...second })],
        });
        void log.close();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ConfigError);
        return (thrown as Error).message;
      }
      return '';
    }

    it.each([
      ['by the same words', (path: (...names: string[]) => string) => [path('app.log'), path('app.log')]],
      ['by a detour', (path: (...names: string[]) => string) => [path('app.log'), `${path('x')}/../app.log`]],
      ['by a link', (path: (...names: string[]) => string) => [path('real', 'app.log'), path('link', 'app.log')]],
      ['as what the other puts aside', (path: (...names: string[]) => string) => [path('app.log'), path('app.log.7')]],
    ])('may not share a file %s', (_, paths) => {
      mkdirSync(folder.path('real'));
      symlinkSync(folder.path('real'), folder.path('link'));
      const [first, second] = paths(folder.path);
      expect(both({ path: first }, { path: second })).toMatch(/^destinations\[1\]\.path: .*destinations\[0\]/);
    });

    it('have all their mistakes named at once, the values and the places', () => {
      const said = both(
        { path: folder.path('app.log'), maxSize: 'big' },
        { path: folder.path('app.log'), root: folder.path('root') },
      );
      expect(said).toMatch(/destinations\[0\]\.maxSize: 'big'/);
      expect(said).toMatch(/destinations\[1\]\.path: .* outside of the root/);
      expect(said).toMatch(/destinations\[1\]\.path: .* is written by destinations\[0\] too/);
    });

    it('may share one that is switched off, and have names that are alike', () => {
      const path = folder.path('app.log');
      expect(both({ path }, { path, enabled: false })).toBe('');
      expect(both({ path }, { path: folder.path('app-errors.log') })).toBe('');
    });
  });

  describe('with a root', () => {
    beforeEach(() => mkdirSync(folder.path('root')));

    it.each([
      ['..', () => folder.path('root', '..', 'app.log')],
      ['a link to a folder', () => folder.path('root', 'link', 'app.log')],
      ['a link in the place of the file', () => folder.path('root', 'linked.log')],
      ['a folder that is not there yet, behind a link', () => folder.path('root', 'link', 'new', 'app.log')],
    ])('refuse a path that leaves it by %s', (_, path) => {
      mkdirSync(folder.path('outside'));
      symlinkSync(folder.path('outside'), folder.path('root', 'link'));
      symlinkSync(folder.path('outside', 'not-there.log'), folder.path('root', 'linked.log'));
      expect(mistakes({ path: path(), root: folder.path('root') }).join()).toMatch(
        /^destinations\[0\]\.path: .* is outside of the root/,
      );
      expect(existsSync(folder.path('outside', 'new'))).toBe(false);
    });

    it('take what is inside, also where nothing is yet', () => {
      expect(mistakes({ path: folder.path('root', 'a', '..', 'b', 'app.log'), root: folder.path('root') })).toEqual([]);
    });
  });
});
