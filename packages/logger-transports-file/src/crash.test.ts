import { readFileSync } from 'node:fs';
import { createLogger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { familyOf, isWhole, linesOf, numberOf, numbersIn, range } from '../test-fixtures/read-back';
import { runChild } from '../test-fixtures/run-child';

describe('a process killed in a burst', () => {
  const folder = folderPerTest();
  const app = (): string => folder.path('app.log');

  it.each([1, 2, 3])(
    'leaves no torn line but the last, and every record that audit acknowledged (run %d)',
    async (run) => {
      const child = runChild('log-until-killed.cjs', { file: { path: app(), delivery: 'audit' }, audit: true });
      await waitFor('acknowledgements', () => child.said.length >= 3 * run, 20_000);
      child.process.kill('SIGKILL');
      const { signal, said } = await child.ended;
      expect(signal).toBe('SIGKILL');
      const written = numbersIn(app());
      expect(written).toEqual(range(1, written.length));
      for (const { acknowledged } of said) expect(written).toContain(acknowledged);
    },
    30_000,
  );

  it('is gone on with by its successor in lines of its own', async () => {
    const child = runChild('log-until-killed.cjs', { file: { path: app(), maxSize: '200k' }, audit: true });
    await waitFor('acknowledgements', () => child.said.length >= 5, 20_000);
    child.process.kill('SIGKILL');
    await child.ended;
    const log = createLogger({ sources: false, destinations: [file({ path: app(), maxSize: '200k' })] });
    log.info('back', { n: 0 });
    await log.close();
    expect(JSON.parse(linesOf(app()).at(-1) as string)).toMatchObject({ message: 'back', n: 0 });
    expect(readFileSync(app(), 'utf8').endsWith('\n')).toBe(true);
    const before = familyOf(app()).flatMap(linesOf).slice(0, -1);
    // The kill may have torn the line it came in; the successor has ended that line, and it is the last before its own.
    if (!isWhole(before.at(-1) as string)) before.pop();
    expect(before.map(numberOf)).toEqual(range(1, before.length));
  }, 30_000);
});

describe('a writer thread that dies', () => {
  const folder = folderPerTest();

  it('is said, replaced, and costs no record', async () => {
    const child = runChild('lose-the-writer.cjs', {
      path: folder.path('app.log'),
      other: folder.path('other', 'app.log'),
    });
    const { code, said, stderr } = await child.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(said).toEqual([
      { failures: [{ destination: 'mine', kind: 'temporary', code: 'MXL_FILE_THREAD_DIED' }] },
      { ok: true },
    ]);
    // What was under way may have reached the file before the thread died: then it is there twice, and never less.
    expect([...new Set(numbersIn(folder.path('app.log')))].sort((a, b) => a - b)).toEqual(range(1, 3000));
    expect(numbersIn(folder.path('other', 'app.log'))).toEqual(range(1, 3000));
  }, 20_000);
});
