import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createLogger, type Failure, type Logger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file, type FileOptions } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { growTmpfs, isRoot, mountTmpfs, nobodyCanRunHere, NOBODY, unmount } from '../test-fixtures/privileges';
import { linesOf, numbersIn, range } from '../test-fixtures/read-back';
import { runChild } from '../test-fixtures/run-child';

const healthOf = (log: Logger, name = 'unwell') => log.health().find((one) => one.name === name)!;

describe('a file on a disk that is not well', () => {
  const folder = folderPerTest();
  let failures: Failure[] = [];
  beforeEach(() => (failures = []));

  /** A destination `unwell` with a healthy one beside it. */
  function open(unwell: FileOptions): Logger {
    const log = createLogger({
      sources: false,
      destinations: [
        file({ ...unwell, name: 'unwell' }),
        file({ name: 'healthy', path: folder.path('well', 'app.log') }),
      ],
    });
    log.on('failure', (failure) => failures.push(failure));
    return log;
  }

  const healthy = (): number[] => numbersIn(folder.path('well', 'app.log'));

  it('makes a missing directory, however deep', async () => {
    const log = open({ path: folder.path('a', 'b', 'c', 'app.log') });
    log.info('tick', { n: 1 });
    expect((await log.close()).ok).toBe(true);
    expect(numbersIn(folder.path('a', 'b', 'c', 'app.log'))).toEqual([1]);
  });

  it('has failed and says so while a file is in the way of its directory, and loses nothing once that is gone', async () => {
    writeFileSync(folder.path('logs'), 'in the way');
    const log = open({ path: folder.path('logs', 'app.log') });
    for (const n of range(1, 1000)) log.info('tick', { n });
    await waitFor('the failure', () => healthOf(log).state === 'failed');
    await waitFor('a second try', () => healthOf(log).retries > 1);
    await waitFor('the healthy one', () => healthOf(log, 'healthy').delivered === 1000);
    expect(healthOf(log)).toMatchObject({ accepted: 1000, delivered: 0, queued: 1000, dropped: {} });
    expect(failures[0]).toMatchObject({ kind: 'temporary', destination: 'unwell' });
    expect((failures[0]!.error as NodeJS.ErrnoException).code).toMatch(/^(EEXIST|ENOTDIR)$/);
    expect(healthy()).toEqual(range(1, 1000));

    unlinkSync(folder.path('logs'));
    await waitFor('the recovery', () => healthOf(log).state === 'active');
    log.info('tick', { n: 1001 });
    expect((await log.close()).ok).toBe(true);
    expect(numbersIn(folder.path('logs', 'app.log'))).toEqual(range(1, 1001));
  });

  it('closes in time while it cannot be written, and says what is left', async () => {
    writeFileSync(folder.path('logs'), 'in the way');
    const log = open({ path: folder.path('logs', 'app.log') });
    for (const n of range(1, 10)) log.info('tick', { n });
    const receipt = await log.close({ timeoutMs: 300 });
    expect(receipt.ok).toBe(false);
    expect(receipt.destinations).toMatchObject([
      { name: 'unwell', accepted: 10, delivered: 0, pending: 10 },
      { name: 'healthy', accepted: 10, delivered: 10, pending: 0 },
    ]);
  });

  it('is back under its name when somebody has deleted it, with all that came after', async () => {
    const path = folder.path('logs', 'app.log');
    const log = open({ path });
    log.info('tick', { n: 1 });
    await log.flush();
    unlinkSync(path);
    for (const n of range(2, 100)) log.info('tick', { n });
    expect((await log.flush()).ok).toBe(true);
    expect(numbersIn(path)).toEqual(range(2, 100));
    rmSync(folder.path('logs'), { recursive: true });
    for (const n of range(101, 200)) log.info('tick', { n });
    await waitFor('the file to be back', () => existsSync(path));
    expect((await log.close()).ok).toBe(true);
    expect(numbersIn(path)).toEqual(range(101, 200));
  });

  it('begins anew under its name when somebody has moved it, and no record is in neither', async () => {
    const path = folder.path('app.log');
    const log = open({ path });
    let n = 0;
    log.info('tick', { n: ++n });
    await log.flush();
    renameSync(path, folder.path('moved.log'));
    await waitFor('a new file', () => {
      log.info('tick', { n: ++n });
      return existsSync(path);
    });
    expect((await log.close()).ok).toBe(true);
    expect([...numbersIn(folder.path('moved.log')), ...numbersIn(path)]).toEqual(range(1, n));
  });

  it('has failed when a full file cannot be put aside, and writes no record twice', async () => {
    // A name as long as a name may be: with a number behind it, it is too long.
    const path = folder.path(`${'a'.repeat(251)}.log`);
    const log = open({ path, maxSize: 4000 });
    for (const n of range(1, 100)) log.info('tick', { n });
    await waitFor('several tries', () => healthOf(log).retries > 2);
    expect(healthOf(log)).toMatchObject({ accepted: 100, lastError: { code: 'ENAMETOOLONG' } });
    const written = numbersIn(path);
    expect(written).toEqual(range(1, written.length));
    expect(healthOf(log).delivered).toBe(written.length);
    await log.close({ timeoutMs: 100 });
  });

  const asNobody = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const withoutRights = isRoot && !nobodyCanRunHere() ? it.skip : it;

  withoutRights(
    'writes each record once into a folder that may not be listed (root: needs another user who may read this package)',
    async () => {
      const path = folder.path('drop', 'app.log');
      mkdirSync(folder.path('drop'));
      chmodSync(folder.path(), 0o755);
      chmodSync(folder.path('drop'), 0o333);
      const params = { file: { path, maxFiles: 3 }, count: 100, untilFailure: true };
      const { code, said } = await runChild('log-and-exit.cjs', params, asNobody).ended;
      expect(code).toBe(0);
      // Retention cannot work here, and says so once.
      expect(said).toEqual([{ kind: 'temporary', message: expect.stringMatching(/^EACCES: .* scandir /), records: 0 }]);
      chmodSync(folder.path('drop'), 0o777);
      expect(numbersIn(path)).toEqual(range(1, 100));
    },
  );

  withoutRights(
    'has failed while it has no permission, and loses nothing once it has (root: needs another user who may read this package)',
    async () => {
      const paths = { unwell: folder.path('logs', 'app.log'), healthy: folder.path('logs', 'well.log') };
      mkdirSync(folder.path('logs'));
      writeFileSync(paths.unwell, '');
      chmodSync(paths.unwell, 0o400);
      chmodSync(folder.path(), 0o755);
      if (isRoot) chownSync(folder.path('logs'), NOBODY, NOBODY);
      const child = runChild('log-while-unwell.cjs', { paths, count: 5000 }, asNobody);
      await waitFor('the failure', () => child.said.length === 1, 10_000);
      expect(child.said[0]).toMatchObject({ state: 'failed', code: 'EACCES', healthy: 5000 });
      expect(numbersIn(paths.healthy)).toEqual(range(1, 5000));
      chmodSync(paths.unwell, 0o666);
      const { code, said } = await child.ended;
      expect({ code, last: said.at(-1) }).toEqual({ code: 0, last: { ok: true } });
      expect(numbersIn(paths.unwell)).toEqual(range(1, 5000));
    },
    20_000,
  );
});

const canMount = isRoot && process.platform === 'linux';

(canMount ? describe : describe.skip)('a file on a full disk (needs the privilege to mount a tmpfs)', () => {
  const folder = folderPerTest();
  const disk = (): string => folder.path('disk');

  it('keeps whole lines and exact counts, harms no other destination, and goes on when there is room again', async () => {
    mountTmpfs(disk(), '1m');
    try {
      await fillAndFree(folder.path('disk', 'app.log'));
    } finally {
      unmount(disk());
    }
  }, 30_000);

  async function fillAndFree(path: string): Promise<void> {
    const log = createLogger({
      sources: false,
      destinations: [file({ name: 'unwell', path }), file({ name: 'healthy', path: folder.path('app.log') })],
    });
    const failures: Failure[] = [];
    log.on('failure', (failure) => failures.push(failure));
    const tick = async (names: string[], from: number, to: number): Promise<void> => {
      for (const n of range(from, to)) {
        log.info('order placed', { n, symbol: 'BTCUSDT', note: 'crossed above on the close' });
        if (n % 500 === 0) await waitFor('room', () => names.every((name) => healthOf(log, name).queued < 5000));
      }
    };
    await tick(['healthy'], 1, 20_000);
    await waitFor('the failure', () => healthOf(log).state === 'failed');
    expect(failures.some(({ error }) => (error as NodeJS.ErrnoException).code === 'ENOSPC')).toBe(true);
    expect(linesOf(path).length).toBe(healthOf(log).delivered);
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);

    growTmpfs(disk(), '64m');
    await waitFor('the recovery', () => healthOf(log).state === 'active');
    // Its first batch made it active; thousands still wait behind it, and a queue that is full drops by right.
    await waitFor('all that waited', () => healthOf(log).queued === 0);
    await tick(['healthy', 'unwell'], 20_001, 25_000);
    const { destinations } = await log.close({ timeoutMs: 10_000 });
    const [mine, healthy] = destinations;
    expect(healthy).toEqual({ name: 'healthy', accepted: 25_000, delivered: 25_000, dropped: 0, pending: 0 });
    expect(numbersIn(folder.path('app.log'))).toEqual(range(1, 25_000));
    expect(mine!.pending).toBe(0);
    expect(mine!.accepted).toBe(mine!.delivered + mine!.dropped);
    // The notice of what was dropped is a record without a number.
    const lines = linesOf(path).map((line) => JSON.parse(line) as { n?: number; message: string });
    expect(lines).toHaveLength(mine!.delivered);
    const numbers = lines.flatMap(({ n }) => n ?? []);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.slice(-5000)).toEqual(range(20_001, 25_000));
    expect(25_000 - numbers.length).toBe(mine!.dropped);
    if (mine!.dropped > 0) expect(lines.some(({ message }) => /records dropped: queue full/.test(message))).toBe(true);
  }
});
