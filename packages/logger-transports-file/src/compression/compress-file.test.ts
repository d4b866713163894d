import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createLogger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { familyOf, linesOf, nameOf, numbersOver, plainOf, range } from '../../test-fixtures/read-back';
import { runChild } from '../../test-fixtures/run-child';
import { codecOf, type Codec } from './codec';
import { compressFile } from './compress-file';

/** Lines that do not compress well, so that compressing them takes its time. */
function numberedLines(count: number): string {
  const noise = (): string => Math.random().toString(36).slice(2);
  return range(1, count)
    .map((n) => `${JSON.stringify({ n, noise: [noise(), noise(), noise(), noise()] })}\n`)
    .join('');
}

const gzip = codecOf('gzip') as Codec;

describe('a compressed file', () => {
  const folder = folderPerTest();
  const app = (): string => folder.path('app.log');

  it('holds all of what was put aside, and no other file is left', async () => {
    const log = createLogger({
      sources: false,
      destinations: [file({ path: app(), maxSize: 50_000, zippedArchive: true })],
    });
    for (const n of range(1, 3000)) log.info('order placed', { n });
    expect((await log.close()).ok).toBe(true);
    const family = familyOf(app());
    const names = family.map((path) => basename(path));
    expect(names).toEqual([...range(1, family.length - 1).map((number) => `${nameOf(number)}.gz`), 'app.log']);
    expect(numbersOver(app())).toEqual(range(1, 3000));
    expect(readdirSync(folder.path()).sort()).toEqual(names.sort());
  });

  it.each(['gzip', 'brotli'] as const)('by %s is what was written', async (name) => {
    const text = numberedLines(3000);
    writeFileSync(folder.path('app.log.1'), text);
    const codec = codecOf(name) as Codec;
    await compressFile({ path: folder.path('app.log.1'), codec });
    expect(readdirSync(folder.path())).toEqual([`app.log.1${codec.suffix}`]);
    expect(plainOf(folder.path(`app.log.1${codec.suffix}`)).toString()).toBe(text);
  });

  it('by zstd is what was written, or is refused by name where Node has none', async () => {
    const codec = codecOf('zstd');
    const open = (): unknown =>
      createLogger({ sources: false, exitHooks: false, destinations: [file({ path: app(), compress: 'zstd' })] });
    if (codec === undefined) {
      expect(open).toThrow("destinations[0].compress: 'zstd' needs Node 22.15 or later");
      return;
    }
    const text = numberedLines(3000);
    writeFileSync(folder.path('app.log.1'), text);
    await compressFile({ path: folder.path('app.log.1'), codec });
    const { zstdDecompressSync } = (await import('node:zlib')) as unknown as { zstdDecompressSync(b: Buffer): Buffer };
    expect(zstdDecompressSync(readFileSync(folder.path('app.log.1.zst'))).toString()).toBe(text);
  });

  it('is not made of a file that is written to after all', async () => {
    writeFileSync(folder.path('app.log.1'), numberedLines(40_000));
    const compressing = compressFile({ path: folder.path('app.log.1'), codec: gzip });
    appendFileSync(folder.path('app.log.1'), 'late\n');
    await compressing;
    expect(readdirSync(folder.path())).toEqual(['app.log.1']);
    expect(linesOf(folder.path('app.log.1'))).toHaveLength(40_001);
  });

  it('is whole when two keepers make it at once', async () => {
    const text = numberedLines(20_000);
    writeFileSync(folder.path('app.log.1'), text);
    const parts = { path: folder.path('app.log.1'), codec: gzip };
    await Promise.all([compressFile(parts), compressFile(parts)]);
    expect(readdirSync(folder.path())).toEqual(['app.log.1.gz']);
    expect(plainOf(folder.path('app.log.1.gz')).toString()).toBe(text);
  });

  it('counts among the files that are kept, and the oldest goes first', async () => {
    const log = createLogger({
      sources: false,
      destinations: [file({ path: app(), maxSize: 20_000, maxFiles: 4, zippedArchive: true })],
    });
    for (const n of range(1, 3000)) {
      log.info('order placed', { n });
      if (n % 50 === 0) await log.flush();
    }
    expect((await log.close()).ok).toBe(true);
    const kept = numbersOver(app());
    expect(kept).toEqual(range(kept[0] as number, 3000));
    expect(readdirSync(folder.path()).length).toBeLessThanOrEqual(4);
  });

  it('is as old as what it holds, because retention goes by age', async () => {
    writeFileSync(folder.path('app.log.1'), 'x\n');
    utimesSync(folder.path('app.log.1'), 1000, 1000);
    await compressFile({ path: folder.path('app.log.1'), codec: gzip });
    expect(statSync(folder.path('app.log.1.gz')).mtimeMs).toBe(1_000_000);
  });

  it('is not made of a file that retention deletes meanwhile', async () => {
    writeFileSync(folder.path('app.log.1'), numberedLines(40_000));
    const compressing = compressFile({ path: folder.path('app.log.1'), codec: gzip });
    const { unlinkSync } = await import('node:fs');
    unlinkSync(folder.path('app.log.1'));
    await compressing;
    expect(readdirSync(folder.path())).toEqual([]);
  });

  it('is whole after a SIGKILL while it was made and a restart, and no record is lost or doubled', async () => {
    const before = 150_000;
    writeFileSync(folder.path('app.log.1'), numberedLines(before));
    const options = { path: app(), maxSize: '1m', zippedArchive: true };
    const killed = runChild('log-until-killed.cjs', { file: options, from: before + 1, count: 10 });
    await waitFor('the archive to be begun', () => existsSync(folder.path('app.log.1.gz.tmp')), 10_000);
    killed.process.kill('SIGKILL');
    expect((await killed.ended).signal).toBe('SIGKILL');
    expect(existsSync(folder.path('app.log.1.gz'))).toBe(false);
    expect(linesOf(folder.path('app.log.1'))).toHaveLength(before);

    const first = before + 1 + (existsSync(app()) ? linesOf(app()).length : 0);
    const log = createLogger({ sources: false, destinations: [file(options)] });
    log.info('back', { n: first });
    expect((await log.close({ timeoutMs: 20_000 })).ok).toBe(true);
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', 'app.log.1.gz']);
    expect(numbersOver(app())).toEqual(range(1, first));
  }, 30_000);

  it('that a crash left half made goes when its original is gone', async () => {
    for (const name of ['app.log.1.gz.tmp', 'app-errors.log.1.gz.tmp']) writeFileSync(folder.path(name), 'half');
    const log = createLogger({ sources: false, destinations: [file({ path: app(), zippedArchive: true })] });
    log.info('back');
    await log.close();
    expect(readdirSync(folder.path()).sort()).toEqual(['app-errors.log.1.gz.tmp', 'app.log']);
  });
});
