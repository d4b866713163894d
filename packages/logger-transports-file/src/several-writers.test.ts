import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { createLogger } from '@metaexpert/logger-core';
import { file, readLogLines } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { familyOf, linesOf, plainOf, range } from '../test-fixtures/read-back';
import { runChild } from '../test-fixtures/run-child';
import { keepFamily } from './keeper/keep-family';
import { resolveFileSettings } from './options/file-settings';
import { FileFamily } from './rotation/file-family';
import { putAside } from './rotation/put-aside';
import { RotatingFile } from './rotation/rotating-file';
import { cutBack } from './writer/cut-back';

describe('processes with files of their own', () => {
  const folder = folderPerTest();

  it('lose and tear nothing, nor do the workers in them, with rotation and compression', async () => {
    const count = 1500;
    const settings = { path: folder.path('app-%PID%.log'), maxSize: '50k', zippedArchive: true };
    const children = range(1, 3).map((writer) =>
      runChild('log-beside-others.cjs', {
        file: settings,
        count,
        writer: String(writer),
        workers: writer === 1 ? 2 : 0,
      }),
    );
    for (const child of children) expect(await child.ended).toMatchObject({ code: 0, signal: null });
    const numbers = new Map<string, number[]>();
    for await (const { record, text } of readLogLines(folder.path('app-%PID%.log'))) {
      if (record === undefined) throw new Error(`torn: ${text}`);
      const writer = record['writer'] as string;
      numbers.set(writer, [...(numbers.get(writer) ?? []), record['n'] as number]);
    }
    expect([...numbers.keys()].sort()).toEqual(['1', '1/1', '1/2', '2', '3']);
    for (const own of numbers.values()) expect(own).toEqual(range(1, count));
  });

  it('says the process id, and more, because containers start again with the same', async () => {
    const log = createLogger({
      sources: false,
      destinations: [file({ path: folder.path('bot.log'), perProcess: true })],
    });
    log.info('tick');
    await log.close();
    const first = readdirSync(folder.path());
    expect(first).toEqual([expect.stringMatching(new RegExp(`^bot-${process.pid}-[0-9a-z]{12,}\\.log$`))]);
    // The same id once more, as far as a name goes: another start is another file.
    const params = { file: { path: folder.path('bot.log'), perProcess: true }, count: 1, writer: 'x' };
    await Promise.all([
      runChild('log-beside-others.cjs', params).ended,
      runChild('log-beside-others.cjs', params).ended,
    ]);
    const stamps = readdirSync(folder.path()).map((name) => name.replace(/^bot-\d+/, ''));
    expect(new Set(stamps).size).toBe(3);
  });
});

describe('processes and threads that write one path', () => {
  const folder = folderPerTest();

  it('lose, tear and double nothing, with rotation and compression, and each keeps its order', async () => {
    const count = 2000;
    const settings = { path: folder.path('app.log'), maxSize: '5k', zippedArchive: true };
    const children = range(1, 4).map((writer) =>
      runChild('log-beside-others.cjs', {
        file: settings,
        count,
        writer: String(writer),
        workers: writer === 1 ? 2 : 0,
      }),
    );
    for (const child of children) expect(await child.ended).toMatchObject({ code: 0, signal: null });
    const numbers = new Map<string, number[]>();
    for (const path of familyOf(settings.path)) {
      // An empty line is no record: one who comes while another writes may end a line that only looks torn.
      for (const line of linesOf(path).filter((text) => text !== '')) {
        const { writer, n } = JSON.parse(line) as { writer: string; n: number };
        numbers.set(writer, [...(numbers.get(writer) ?? []), n]);
      }
    }
    expect([...numbers.keys()].sort()).toEqual(['1', '1/1', '1/2', '2', '3', '4']);
    for (const own of numbers.values()) expect(own).toEqual(range(1, count));
    expect(readdirSync(folder.path()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }, 60_000);

  it('notice each other, put one file aside once and go on in the next', async () => {
    const settings = resolveFileSettings({ path: folder.path('app.log'), maxSize: '1k' });
    const [one, other] = [1, 2].map(() => new RotatingFile({ settings, changed: () => undefined })) as [
      RotatingFile,
      RotatingFile,
    ];
    const write = async (file: RotatingFile, text: string): Promise<void> => {
      expect(await file.prepare()).toBeUndefined();
      expect(await file.append(Buffer.from(text))).toBe('written');
    };
    await write(one, '1\n');
    await write(one, '2\n');
    expect(one.shared).toBe(false);
    await write(other, '3\n');
    await write(one, '4\n');
    expect([one.shared, one.room]).toEqual([true, 1024 - 8]);
    // What the other adds between two writes counts before the second.
    await write(other, '4b\n');
    expect(await one.prepare()).toBeUndefined();
    expect(one.room).toBe(1024 - 11);
    expect(basename(one.rotate() as string)).toBe('app.log.000001');
    await write(one, '5\n');
    expect(other.rotate()).toBeUndefined();
    expect(other.shared).toBe(true);
    await write(other, '6\n');
    one.close();
    other.close();
    expect(contentsOf('app.log.000001', 'app.log')).toEqual(['1\n2\n3\n4\n4b\n', '5\n6\n']);
  });

  it('never put two files aside under one name', () => {
    const family = new FileFamily(folder.path('app.log'), undefined);
    const file = { path: folder.path('app.log'), at: (): Stats => statSync(folder.path('app.log')) };
    writeFileSync(file.path, 'first\n');
    const first = file.at();
    expect(basename(putAside(file.path, family, first) as string)).toBe('app.log.000001');
    writeFileSync(file.path, 'second\n');
    // Who still takes the first file for the live one leaves the second where it is.
    expect(putAside(file.path, family, first)).toBeUndefined();
    // The number has been taken by one who was killed before the file had it.
    writeFileSync(folder.path('app.log.000002.tmp'), '');
    expect(basename(putAside(file.path, family, file.at()) as string)).toBe('app.log.000003');
    expect(contentsOf('app.log.000001', 'app.log.000003')).toEqual(['first\n', 'second\n']);
  });

  it('cut nothing off that another has written behind a write that failed', () => {
    writeFileSync(folder.path('app.log'), 'whole\nhalf of a liother\n');
    const fd = openSync(folder.path('app.log'), 'r+');
    expect(cutBack(fd, 12, 'whole\nhalf of a li'.length)).toBeUndefined();
    closeSync(fd);
    expect(contentsOf('app.log')).toEqual(['whole\nhalf of a liother\n']);
  });

  it('leave a file alone for a while that another may still have open, and an archive that another makes', async () => {
    const settings = resolveFileSettings({ path: folder.path('app.log'), zippedArchive: true });
    const keep = { settings, livePath: settings.path, shared: true };
    writeFileSync(settings.path, 'live\n');
    writeFileSync(folder.path('app.log.000001'), 'old\n');
    expect(await keepFamily({ ...keep, nowMs: Date.now() })).toEqual([]);
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', 'app.log.000001']);
    writeFileSync(folder.path('app.log.000001.gz.tmp'), 'being made');
    const laterMs = Date.now() + 5000;
    expect(await keepFamily({ ...keep, nowMs: laterMs })).toEqual([]);
    expect(contentsOf('app.log.000001', 'app.log.000001.gz.tmp')).toEqual(['old\n', 'being made']);
    // Its maker was killed: nothing has been added for long.
    utimesSync(folder.path('app.log.000001.gz.tmp'), 1000, 1000);
    expect(await keepFamily({ ...keep, nowMs: laterMs })).toEqual([]);
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', 'app.log.000001.gz']);
    expect(plainOf(folder.path('app.log.000001.gz')).toString()).toBe('old\n');
  });

  function contentsOf(...names: string[]): string[] {
    return names.map((name) => readFileSync(folder.path(name), 'utf8'));
  }
});
