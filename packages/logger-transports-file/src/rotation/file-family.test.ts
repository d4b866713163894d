import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { FileFamily } from './file-family';

describe('a family of files', () => {
  const folder = folderPerTest();

  function make(...names: string[]): void {
    names.forEach((name, index) => {
      writeFileSync(folder.path(name), 'x');
      utimesSync(folder.path(name), 1000 + index, 1000 + index);
    });
  }

  function rotated(path: string, datePattern?: string, live = path): string[] {
    return new FileFamily(folder.path(path), datePattern).rotated(folder.path(live)).map((file) => basename(file.path));
  }

  it('holds the files put aside, compressed or not, oldest first', () => {
    make('app.log.1.gz', 'app.log.2', 'app.log.10', 'app.log');
    expect(rotated('app.log')).toEqual(['app.log.1.gz', 'app.log.2', 'app.log.10']);
  });

  it('goes by the numbers, whatever the times of change: a clock may be put back, a file copied', () => {
    make('app.log.10', 'app.log.000009', 'app.log.2.br', 'app.log.000011.zst');
    expect(rotated('app.log')).toEqual(['app.log.2.br', 'app.log.000009', 'app.log.10', 'app.log.000011.zst']);
  });

  it('goes by the dates in the names where these tell a year, and else by the times of change', () => {
    make('app-2026-11-20.log', 'app-2026-11-09.log', 'app-2025-12-31.log');
    expect(rotated('app-%DATE%.log', 'YYYY-MM-DD', 'app-2026-11-21.log')).toEqual([
      'app-2025-12-31.log',
      'app-2026-11-09.log',
      'app-2026-11-20.log',
    ]);
    make('app-23.log', 'app-00.log');
    expect(rotated('app-%DATE%.log', 'HH', 'app-01.log')).toEqual(['app-23.log', 'app-00.log']);
  });

  it('has the last live file of a date behind its numbers, and one compressed before the date came again before them', () => {
    make('app-2026.log', 'app-2026.log.000001', 'app-2026.log.000002.gz', 'app-2026.log.gz');
    expect(rotated('app-%DATE%.log', 'YYYY', 'app-2027.log')).toEqual([
      'app-2026.log.gz',
      'app-2026.log.000001',
      'app-2026.log.000002.gz',
      'app-2026.log',
    ]);
  });

  it('does not take a name with two dates for its own', () => {
    make('2026-2026.log', '2026-2027.log');
    expect(rotated('%DATE%-%DATE%.log', 'YYYY', 'x')).toEqual(['2026-2026.log']);
  });

  it.each([
    ...[
      'app.log.bak',
      'app.logx',
      'app.log.01',
      'app.log.0',
      'app.log.1x',
      'app.log.1.bak',
      'app.log.1.2',
      'app.log.x',
    ],
    ...['app.log.-1', 'app.log.gzip', 'app-errors.log', 'app-errors.log.1', 'myapp.log.1', 'appxlog.1', 'APP.LOG.1'],
  ])('leaves the neighbour %s alone', (name) => {
    make(name);
    expect(rotated('app.log')).toEqual([]);
  });

  it('leaves a folder alone whatever its name', () => {
    mkdirSync(folder.path('app.log.1'));
    expect(rotated('app.log')).toEqual([]);
  });

  it.each([
    ['YYYY-MM-DD', '2026-11-21', ['26-11-21', '2026-11-2', '2026-11-211', 'x2026-11-21', '2026_11_21']],
    ['YYYYMMDD-HH', '20261121-08', ['20261121', '20261121-8', '20261121_08']],
    ['YYYY-[W]WW', '2026-W47', ['2026-47', '2026-WWW']],
    ['YYYY.MM', '2026.11', ['2026x11', '2026.11.21']],
    ['DD-MMM-YYYY', '21-Nov-2026', ['21--2026', '211-Nov-2026']],
  ])('tells dated files by the shape of %s', (pattern, date, others) => {
    make(`app-${date}.log.3`, `app-${date}.log.4.gz`, `app-${date}.log`, ...others.map((other) => `app-${other}.log`));
    expect(rotated('app-%DATE%.log', pattern, 'app-other.log')).toEqual([
      `app-${date}.log.3`,
      `app-${date}.log.4.gz`,
      `app-${date}.log`,
    ]);
  });

  it('does not take the dated files of a longer name for its own', () => {
    make('app-errors-2026-11-21.log', 'app-2026-11-21-errors.log');
    expect(rotated('app-%DATE%.log', 'YYYY-MM-DD', 'app-2026-11-22.log')).toEqual([]);
  });

  it('leaves out the live file', () => {
    make('app-2026-11-20.log', 'app-2026-11-21.log');
    expect(rotated('app-%DATE%.log', 'YYYY-MM-DD', 'app-2026-11-21.log')).toEqual(['app-2026-11-20.log']);
  });

  it('takes the characters of a name for what they are', () => {
    make('a+b(c).log.1', 'aab(c).log.1');
    expect(rotated('a+b(c).log')).toEqual(['a+b(c).log.1']);
  });

  it('numbers on after the highest number that is there, compressed or not', () => {
    const family = new FileFamily(folder.path('app.log'), undefined);
    expect(family.nextNumber(folder.path('app.log'))).toBe(1);
    make('app.log', 'app.log.2', 'app.log.9.gz', 'app.log.10.bak', 'app-errors.log.40');
    expect(family.nextNumber(folder.path('app.log'))).toBe(10);
    expect(basename(family.numbered(folder.path('app.log'), 10))).toBe('app.log.000010');
  });

  it('numbers each date from 1', () => {
    make('app-2026-11-20.log.7');
    const family = new FileFamily(folder.path('app-%DATE%.log'), 'YYYY-MM-DD');
    expect(family.nextNumber(folder.path('app-2026-11-21.log'))).toBe(1);
  });
});
