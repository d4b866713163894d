import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createLogger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file, readManifest, rebuildManifest, restore } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { isRoot, mountTmpfs, growTmpfs, unmount } from '../../test-fixtures/privileges';
import { nameOf, numbersIn, range } from '../../test-fixtures/read-back';
import { FileFamily } from '../rotation/file-family';
import { archiveFiles } from './archive-files';

const PER_FILE = 10;

describe('the archive', () => {
  const folder = folderPerTest();
  const old = (...names: string[]): string => folder.path('old', ...names);

  /** File `number` holds ten records of the hour of that number. */
  function make(number: number, name = nameOf(number)): void {
    const hour = String(number).padStart(2, '0');
    const lines = range(0, PER_FILE - 1).map((i) => {
      const seq = (number - 1) * PER_FILE + i + 1;
      return `{"timestamp":"2026-11-21T${hour}:0${i}:00.000Z","n":${seq},"seq":${seq}}\n`;
    });
    writeFileSync(folder.path(name), name.endsWith('.gz') ? gzipSync(lines.join('')) : lines.join(''));
    utimesSync(folder.path(name), 1000, 1000);
  }

  function archive(): Promise<Error[]> {
    const rotated = new FileFamily(folder.path('app.log'), undefined).rotated(folder.path('app.log'));
    return archiveFiles(rotated, old());
  }

  async function code(promise: Promise<unknown>): Promise<string> {
    return promise.then(
      () => 'no error',
      (thrown: unknown) => String((thrown as { code?: string }).code),
    );
  }

  it('takes over what is old enough, and says what it has', async () => {
    make(1, `${nameOf(1)}.gz`);
    make(2);
    writeFileSync(folder.path(nameOf(3)), 'young\n');
    const log = createLogger({
      sources: false,
      destinations: [file({ path: folder.path('app.log'), archive: { path: old(), afterAge: '7d' } })],
    });
    log.info('order placed');
    expect((await log.close()).ok).toBe(true);
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', nameOf(3), 'old']);
    expect(await readManifest(old())).toEqual([
      {
        name: `${nameOf(1)}.gz`,
        firstTime: '2026-11-21T01:00:00.000Z',
        lastTime: '2026-11-21T01:09:00.000Z',
        firstSeq: 1,
        lastSeq: 10,
        records: 10,
        bytes: readFileSync(old(`${nameOf(1)}.gz`)).length,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      expect.objectContaining({ name: nameOf(2), firstSeq: 11, lastSeq: 20, records: 10 }),
    ]);
  });

  it('is only ever appended to', async () => {
    make(1);
    await archive();
    const first = readFileSync(old('manifest.jsonl'), 'utf8');
    make(2);
    await archive();
    expect(readFileSync(old('manifest.jsonl'), 'utf8').startsWith(first)).toBe(true);
    expect((await readManifest(old())).map(({ name }) => name)).toEqual([nameOf(1), nameOf(2)]);
  });

  it('keeps two files of one name apart: numbers begin anew when all have gone', async () => {
    make(1);
    await archive();
    make(2, nameOf(1));
    await archive();
    const names = (await readManifest(old())).map(({ name }) => name);
    expect(names).toEqual([nameOf(1), expect.stringMatching(/^app\.log\.000001\.[0-9a-f]{8}$/)]);
    expect(names.flatMap((name) => numbersIn(old(name)))).toEqual(range(1, 20));
    expect(readdirSync(folder.path())).toEqual(['old']);
  });

  it('cuts a torn end off the manifest and goes on', async () => {
    make(1);
    await archive();
    appendFileSync(old('manifest.jsonl'), '{"name":"app.log.0000');
    make(2);
    expect(await archive()).toEqual([]);
    const lines = readFileSync(old('manifest.jsonl'), 'utf8').split('\n');
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).name)).toEqual([nameOf(1), nameOf(2)]);
  });

  it.each([
    ['gone', (path: string) => unlinkSync(path)],
    ['emptied', (path: string) => truncateSync(path, 0)],
    [
      'damaged in the middle',
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('"name"', '"na')),
    ],
  ])('makes its manifest from the files when that is %s', async (_, damage) => {
    for (const number of [1, 2, 3]) make(number);
    await archive();
    const before = await readManifest(old());
    damage(old('manifest.jsonl'));
    expect(await rebuildManifest(old())).toHaveLength(3);
    expect(await readManifest(old())).toEqual(before);
  });

  it('gives a time span back, whole files, verified, and keeps its own', async () => {
    for (const number of [1, 2, 3, 4]) make(number, number === 2 ? `${nameOf(2)}.gz` : nameOf(number));
    await archive();
    const span = {
      archive: old(),
      into: folder.path('back'),
      from: '2026-11-21T02:05:00Z',
      to: '2026-11-21T03:00:00Z',
    };
    const names = [`${nameOf(2)}.gz`, nameOf(3)];
    expect((await restore(span)).map(({ name }) => name)).toEqual(names);
    expect(readdirSync(folder.path('back')).sort()).toEqual(names);
    expect(names.flatMap((name) => numbersIn(folder.path('back', name)))).toEqual(range(11, 30));
    expect(readdirSync(old())).toHaveLength(5);
    // Once more is no mistake.
    expect(await restore({ ...span, from: new Date(span.from) })).toHaveLength(2);
  });

  it('gives nothing back that is not what was archived', async () => {
    make(1);
    await archive();
    const bytes = readFileSync(old(nameOf(1)));
    bytes[5] = (bytes[5] as number) ^ 1;
    writeFileSync(old(nameOf(1)), bytes);
    const order = { archive: old(), into: folder.path('back') };
    expect(await code(restore(order))).toBe('MXL_FILE_DIGEST_MISMATCH');
    expect(readdirSync(folder.path('back'))).toEqual([]);
    truncateSync(old(nameOf(1)), 10);
    expect(await code(restore(order))).toBe('MXL_FILE_DIGEST_MISMATCH');
  });

  it('overwrites nothing with what it gives back, and refuses a time that is none', async () => {
    make(1);
    await archive();
    mkdirSync(folder.path('back'));
    writeFileSync(folder.path('back', nameOf(1)), 'another');
    expect(await code(restore({ archive: old(), into: folder.path('back') }))).toBe('MXL_FILE_EXISTS');
    expect(readFileSync(folder.path('back', nameOf(1)), 'utf8')).toBe('another');
    expect(await code(restore({ archive: old(), into: folder.path('back'), to: 'soon' }))).toBe(
      'MXL_FILE_TIME_INVALID',
    );
  });

  it('touches nothing when a link makes it the folder of the logs', async () => {
    make(1);
    symlinkSync(folder.path(), old());
    await expect(archive()).rejects.toMatchObject({ code: 'MXL_FILE_ARCHIVE_IS_SOURCE' });
    expect(readdirSync(folder.path()).sort()).toEqual([nameOf(1), 'old']);
  });

  it('leaves a file where it is when its copy cannot be made, and says why', async () => {
    make(1);
    make(2);
    mkdirSync(old(`${nameOf(1)}.tmp`, 'x'), { recursive: true });
    const failures = await archiveFiles(
      new FileFamily(folder.path('app.log'), undefined).rotated(folder.path('app.log')),
      old(),
    ).catch((thrown: unknown) => [thrown as Error]);
    expect(failures).toHaveLength(1);
    expect(existsSync(folder.path(nameOf(1)))).toBe(true);
    rmSync(old(`${nameOf(1)}.tmp`), { recursive: true });
    expect(await archive()).toEqual([]);
    expect(readdirSync(folder.path())).toEqual(['old']);
  });

  (isRoot && process.platform === 'linux' ? it : it.skip)(
    'waits for a disk that is full, loses nothing, and goes on (needs Linux, root: a small tmpfs)',
    async () => {
      const disk = folder.path('disk');
      mountTmpfs(disk, '200k');
      try {
        const noise = (): string => Math.random().toString(36).slice(2);
        const lines = range(1, 4000).map(
          (n) => `${JSON.stringify({ n, noise: [noise(), noise(), noise(), noise()] })}\n`,
        );
        writeFileSync(folder.path(nameOf(1)), lines.join(''));
        utimesSync(folder.path(nameOf(1)), 1000, 1000);
        const open = (): ReturnType<typeof createLogger> =>
          createLogger({
            sources: false,
            destinations: [file({ path: folder.path('app.log'), archive: { path: `${disk}/old`, afterAge: '7d' } })],
          });
        const log = open();
        const failures: string[] = [];
        log.on('failure', ({ error }: { error: { code: string } }) => failures.push(error.code));
        log.info('order placed', { n: 4001 });
        await waitFor('the failure', () => failures.includes('ENOSPC'), 10_000);
        expect((await log.close()).ok).toBe(true);
        expect(numbersIn(folder.path(nameOf(1)))).toEqual(range(1, 4000));
        expect(readdirSync(`${disk}/old`)).toEqual([]);
        growTmpfs(disk, '10m');
        const again = open();
        again.info('order placed', { n: 4002 });
        expect((await again.close()).ok).toBe(true);
        expect(numbersIn(`${disk}/old/${nameOf(1)}`)).toEqual(range(1, 4000));
        expect(existsSync(folder.path(nameOf(1)))).toBe(false);
        expect(await readManifest(`${disk}/old`)).toHaveLength(1);
      } finally {
        unmount(disk);
      }
    },
  );
});
