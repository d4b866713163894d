import { existsSync } from 'node:fs';
import { ConfigError, createLogger } from '@metaexpert/logger-core';
import { file, type FileOptions, filePlugin } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { resolveFileSettings } from './file-options';

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
    expect(dated({ path: 'app.log' })).toEqual(['app.log', undefined]);
    expect(dated({ path: 'app-%DATE%.log' })).toEqual(['app-%DATE%.log', 'YYYY-MM-DD']);
    expect(dated({ path: 'app-%DATE%.log', datePattern: 'HH' })).toEqual(['app-%DATE%.log', 'HH']);
    expect(dated({ path: 'app.log', datePattern: 'HH' })).toEqual(['app.log.%DATE%', 'HH']);
  });

  it('make a symbolic link only when told to', () => {
    const link = (options: Partial<FileOptions>): unknown => resolveFileSettings({ path: 'a', ...options }).symlinkName;
    expect(link({ symlinkName: 'x.log' })).toBeUndefined();
    expect(link({ createSymlink: true })).toBe('current.log');
    expect(link({ createSymlink: true, symlinkName: 'x.log' })).toBe('x.log');
  });
});
