import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createLogger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file, rotateFiles } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { nameOf, numbersIn, numbersOver, range } from '../../test-fixtures/read-back';
import { runChild } from '../../test-fixtures/run-child';

describe('rotation on demand', () => {
  const folder = folderPerTest();
  const app = (): string => folder.path('app.log');

  it('puts aside what was flushed before, and says under which name', async () => {
    const log = createLogger({
      sources: false,
      destinations: [
        file({ name: 'main', path: app(), zippedArchive: true }),
        file({ name: 'other', path: folder.path('other.log') }),
      ],
    });
    for (const n of range(1, 100)) log.info('order placed', { n });
    await log.flush();
    expect(await rotateFiles({ path: app() })).toEqual([folder.path(nameOf(1))]);
    for (const n of range(101, 200)) log.info('order placed', { n });
    await log.flush();
    expect((await rotateFiles()).sort()).toEqual([folder.path(nameOf(2)), folder.path('other.log.000001')]);
    // There is nothing to put aside in an empty file.
    expect(await rotateFiles()).toEqual([]);
    expect((await log.close()).ok).toBe(true);
    expect(numbersIn(folder.path(`${nameOf(1)}.gz`))).toEqual(range(1, 100));
    expect(numbersIn(folder.path(`${nameOf(2)}.gz`))).toEqual(range(101, 200));
    expect(await rotateFiles()).toEqual([]);
  });

  it('puts aside what an earlier run has left, before the first record of this one', async () => {
    writeFileSync(app(), '{"n":1}\n');
    const log = createLogger({ sources: false, destinations: [file({ path: app() })] });
    expect(await rotateFiles()).toEqual([folder.path(nameOf(1))]);
    await log.close();
    expect(numbersIn(folder.path(nameOf(1)))).toEqual([1]);
  });

  it('says why it could not', async () => {
    const log = createLogger({ sources: false, destinations: [file({ path: folder.path('logs', 'app.log') })] });
    log.on('failure', () => undefined);
    writeFileSync(folder.path('logs'), 'a file in the place of the folder');
    await expect(rotateFiles()).rejects.toMatchObject({ code: 'ENOTDIR' });
    await log.close();
  });

  it('loses and doubles nothing in the midst of a burst', async () => {
    const log = createLogger({ sources: false, destinations: [file({ path: app() })] });
    let names: string[] = [];
    for (let from = 1; from <= 10_000; from += 1000) {
      for (const n of range(from, from + 999)) log.info('order placed', { n });
      names = [...names, ...(await rotateFiles())];
    }
    expect((await log.close({ timeoutMs: 10_000 })).ok).toBe(true);
    expect(numbersOver(app())).toEqual(range(1, 10_000));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(1);
  });

  (process.platform === 'win32' ? it.skip : it)(
    'by SIGHUP keeps the process alive, and follows an outside logrotate (no signals on Windows)',
    async () => {
      const child = runChild(
        'rotate-on-demand.cjs',
        { file: { path: app(), rotateOnSighup: true } },
        { stdio: 'pipe' },
      );
      const write = async (n: number): Promise<void> => {
        child.process.stdin?.write(`${n}\n`);
        await waitFor(`record ${n}`, () => child.said.some(({ written }) => written === n), 10_000);
      };
      await write(1);
      child.process.kill('SIGHUP');
      await waitFor('the file put aside', () => existsSync(folder.path(nameOf(1))), 10_000);
      await write(2);
      renameSync(app(), folder.path('app.log-20261121'));
      child.process.kill('SIGHUP');
      await waitFor('the file opened anew', () => existsSync(app()), 10_000);
      await write(3);
      child.process.stdin?.end();
      expect(await child.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
      expect([nameOf(1), 'app.log-20261121', 'app.log'].map((name) => numbersIn(folder.path(name)))).toEqual([
        [1],
        [2],
        [3],
      ]);
      expect(readdirSync(folder.path())).toHaveLength(3);
    },
  );
});
