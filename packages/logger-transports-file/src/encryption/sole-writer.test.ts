import { existsSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createLogger, type Failure, type Logger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file, type FileOptions, readLog, rotateFiles } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { range } from '../../test-fixtures/read-back';
import { runChild } from '../../test-fixtures/run-child';
import { numbersOf } from '../../test-fixtures/stored-logs';

const KEY = 'c0ffee'.repeat(10) + 'beef';
const DEADLINE_MS = 20_000;

/** macOS gives no name to a socket that a crash would take back. */
const canLock = process.platform === 'linux' || process.platform === 'win32';

(canLock ? describe : describe.skip)('an encrypted file (needs Linux or Windows)', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');
  const key = (): { file: string } => ({ file: folder.path('key') });
  beforeEach(() => writeFileSync(key().file, KEY));

  const options = (): FileOptions => ({ path: path(), encrypt: { keyId: 'k1', key: key() } });
  const open = (): Logger => createLogger({ sources: false, destinations: [file({ ...options(), name: 'file' })] });
  const readAll = (): Promise<number[]> => numbersOf(readLog(path(), { key: key() }));

  function tick(log: Logger, from: number, to: number): void {
    for (const n of range(from, to)) log.info('tick', { n });
  }

  it('is refused to a second process, which says so, and goes on when the first was killed', async () => {
    const first = runChild('log-until-killed.cjs', { file: options(), count: 100 });
    await waitFor('the first', () => existsSync(path()) && statSync(path()).size > 0, DEADLINE_MS);
    const log = open();
    const failures: Failure[] = [];
    log.on('failure', (failure) => failures.push(failure));
    tick(log, 101, 110);
    await waitFor('several tries', () => (log.health()[0]?.retries ?? 0) > 2, DEADLINE_MS);
    expect(log.health()).toMatchObject([{ delivered: 0, queued: 10, lastError: { code: 'MXL_FILE_IN_USE' } }]);
    expect(failures[0]).toMatchObject({ kind: 'temporary', error: { code: 'MXL_FILE_IN_USE' } });
    await expect(rotateFiles({ path: path() })).rejects.toMatchObject({ code: 'MXL_FILE_IN_USE' });
    first.process.kill('SIGKILL');
    await first.ended;
    expect((await log.close({ timeoutMs: DEADLINE_MS })).ok).toBe(true);
    expect((await readAll()).slice(-10)).toEqual(range(101, 110));
  }, 60_000);

  it('is refused to another thread of the process that has another key, and names none of them', async () => {
    const log = open();
    tick(log, 1, 10);
    await log.flush();
    const otherKey = { file: folder.path('other-key') };
    writeFileSync(otherKey.file, KEY.replaceAll('c', 'd'));
    const worker = new Worker(
      `const { createLogger } = require('@metaexpert/logger-core');
       const { file } = require('@metaexpert/logger-transports-file');
       const { workerData, parentPort } = require('node:worker_threads');
       const log = createLogger({ sources: false, destinations: [file(workerData)] });
       log.once('failure', ({ error }) => parentPort.postMessage(error.code));
       log.info('tick', { n: 11 });`,
      { eval: true, workerData: { path: path(), encrypt: { keyId: 'k1', key: otherKey } } },
    );
    expect(await once(worker, 'message')).toEqual(['MXL_FILE_SETTINGS_DIFFER']);
    await worker.terminate();
    await log.close();
    expect(await readAll()).toEqual(range(1, 10));
  }, 30_000);

  it('is shared by loggers of one thread, until the last of them is closed', async () => {
    const [one, other] = [open(), open()];
    for (const n of range(1, 10)) {
      tick(n % 2 === 0 ? one : other, n, n);
      await (n % 2 === 0 ? one : other).flush();
    }
    expect((await one.close()).ok).toBe(true);
    tick(other, 11, 11);
    expect((await other.close()).ok).toBe(true);
    const third = open();
    tick(third, 12, 12);
    expect((await third.close()).ok).toBe(true);
    expect(await readAll()).toEqual(range(1, 12));
  });
});
