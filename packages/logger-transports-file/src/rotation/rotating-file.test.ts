import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { linesOf, nameOf } from '../../test-fixtures/read-back';
import { type FileOptions } from '../options/file-options';
import { resolveFileSettings } from '../options/file-settings';
import { RotatingFile } from './rotating-file';

const MINUTE_MS = 60_000;

describe('a rotating file', () => {
  const folder = folderPerTest();
  let nowMs = 0;

  function open(options: Omit<FileOptions, 'path'> = {}, name = 'app.log'): RotatingFile {
    const settings = resolveFileSettings({ path: folder.path(name), ...options });
    return new RotatingFile({ settings, changed: () => undefined, now: () => nowMs });
  }

  async function write(file: RotatingFile, text: string): Promise<void> {
    const bytes = Buffer.from(`${text}\n`);
    expect(await file.prepare()).toBeUndefined();
    if (bytes.length > file.room && !file.empty) {
      expect(typeof file.rotate()).toBe('string');
      expect(await file.prepare()).toBeUndefined();
    }
    expect(await file.append(bytes)).toBe('written');
  }

  const allLines = (): string[] =>
    readdirSync(folder.path())
      .sort()
      .flatMap((name) => linesOf(folder.path(name)));

  it.each([
    ['the day that loses an hour', '2026-03-28T20:00:00Z', 'Europe/Riga', 'YYYY-MM-DD-HH'],
    ['the day that has an hour twice', '2026-10-24T20:00:00Z', 'Europe/Riga', 'YYYY-MM-DD-HH'],
    ['half an hour of DST', '2026-04-04T12:00:00Z', 'Australia/Lord_Howe', 'YYYY-MM-DD-HHmm'],
  ])('has every record once and in the order of the names through %s', async (_, start, timeZone, datePattern) => {
    nowMs = Date.parse(start);
    const file = open({ datePattern, timeZone }, 'app-%DATE%.log');
    const expected: string[] = [];
    for (let minute = 0; minute < 12 * 60; minute += 10) {
      expected.push(String(minute));
      await write(file, String(minute));
      nowMs += 10 * MINUTE_MS;
    }
    file.close();
    expect(allLines()).toEqual(expected);
  });

  it('has every record once and in order through steps of two hours, and a restart in between', async () => {
    nowMs = Date.parse('2026-11-21T12:00:00Z');
    const options = { datePattern: 'YYYY-MM-DD-HH', utc: true };
    let file = open(options, 'app-%DATE%.log');
    await write(file, '1');
    nowMs -= 120 * MINUTE_MS;
    await write(file, '2');
    nowMs += 240 * MINUTE_MS;
    await write(file, '3');
    file.close();
    nowMs -= 120 * MINUTE_MS;
    file = open(options, 'app-%DATE%.log');
    await write(file, '4');
    file.close();
    expect(linesOf(folder.path('app-2026-11-21-12.log'))).toEqual(['1', '2', '4']);
    expect(linesOf(folder.path('app-2026-11-21-14.log'))).toEqual(['3']);
  });

  it('rotates by date and by size, and the names carry both', async () => {
    nowMs = Date.parse('2026-11-21T12:00:00Z');
    const file = open({ datePattern: 'YYYY-MM-DD', utc: true, maxSize: 10 }, 'app-%DATE%.log');
    for (const text of ['111111111', '222222222', '333333333']) await write(file, text);
    nowMs += 1440 * MINUTE_MS;
    for (const text of ['444444444', '555555555']) await write(file, text);
    file.close();
    expect(readdirSync(folder.path()).sort()).toEqual([
      'app-2026-11-21.log',
      'app-2026-11-21.log.000001',
      'app-2026-11-21.log.000002',
      'app-2026-11-22.log',
      'app-2026-11-22.log.000001',
    ]);
  });

  it.each(['a[b]c.log', 'a:b*c?.log', 'büße 日本 🚀.log', "it's $& $1.log", '-rf', '.hidden', 'two\\slashes.log'])(
    'writes and puts aside a file named %s',
    async (name) => {
      if (process.platform === 'win32' && /[:*?\\]/.test(name)) return;
      const file = open({ maxSize: 5 }, name);
      for (const text of ['1111', '2222']) await write(file, text);
      file.close();
      expect(readdirSync(folder.path()).sort()).toEqual([name, `${name}.000001`]);
      expect([linesOf(folder.path(`${name}.000001`)), linesOf(folder.path(name))]).toEqual([['1111'], ['2222']]);
    },
  );

  it('goes on in a new file when logrotate has renamed the live one and asks by SIGHUP', async () => {
    const file = open();
    await write(file, '1');
    renameSync(folder.path('app.log'), folder.path('app.log.1'));
    await write(file, '2');
    expect(file.hangUp()).toBeUndefined();
    await write(file, '3');
    file.close();
    expect([linesOf(folder.path('app.log.1')), linesOf(folder.path('app.log'))]).toEqual([['1', '2'], ['3']]);
  });

  it('puts the file aside at SIGHUP when nobody has moved it', async () => {
    const file = open();
    await write(file, '1');
    expect(file.hangUp()).toBe(folder.path(nameOf(1)));
    await write(file, '2');
    file.close();
    expect([linesOf(folder.path(nameOf(1))), linesOf(folder.path('app.log'))]).toEqual([['1'], ['2']]);
  });

  it('writes at the new end when logrotate has copied and truncated the live file', async () => {
    const file = open();
    await write(file, '1');
    appendFileSync(folder.path('copy'), `${linesOf(folder.path('app.log')).join('\n')}\n`);
    truncateSync(folder.path('app.log'), 0);
    await write(file, '2');
    file.close();
    expect(allLines()).toEqual(['2', '1']);
  });

  it('says that its folder is a file now, and goes on when it is a folder again', async () => {
    mkdirSync(folder.path('logs'));
    const file = open({}, 'logs/app.log');
    await write(file, '1');
    rmSync(folder.path('logs'), { recursive: true });
    writeFileSync(folder.path('logs'), 'a file');
    const failed = async (): Promise<unknown> => (await file.prepare()) ?? (await file.append(Buffer.from('2\n')));
    expect(await failed()).toMatchObject({ code: expect.stringMatching(/^E(NOTDIR|EXIST|NOENT)$/) });
    unlinkSync(folder.path('logs'));
    await write(file, '2');
    file.close();
    expect(linesOf(folder.path('logs', 'app.log'))).toEqual(['2']);
  });

  it('opens nothing outside of its root, also when the link comes later', async () => {
    mkdirSync(folder.path('root'));
    mkdirSync(folder.path('outside'));
    const file = open({ root: folder.path('root'), maxSize: 5 }, 'root/logs/app.log');
    await write(file, '1111');
    rmSync(folder.path('root', 'logs'), { recursive: true });
    symlinkSync(folder.path('outside'), folder.path('root', 'logs'));
    file.rotate();
    expect(await file.prepare()).toMatchObject({ code: 'MXL_FILE_OUTSIDE_ROOT' });
    expect(readdirSync(folder.path('outside'))).toEqual([]);
  });

  it('puts a file of many gigabytes aside by its name alone', async () => {
    writeFileSync(folder.path('app.log'), 'old\n');
    truncateSync(folder.path('app.log'), 6 * 1024 ** 3); // sparse
    const file = open({ maxSize: '1g' });
    await write(file, '1');
    file.close();
    expect(statSync(folder.path(nameOf(1))).size).toBe(6 * 1024 ** 3);
    expect(linesOf(folder.path('app.log'))).toEqual(['1']);
    expect(existsSync(folder.path(nameOf(2)))).toBe(false);
  });
});
