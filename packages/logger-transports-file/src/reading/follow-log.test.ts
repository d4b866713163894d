import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { createLogger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file, readLog, type ReadLogOptions } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { range } from '../../test-fixtures/read-back';
import { layLog, lineOf, timeOf } from '../../test-fixtures/stored-logs';

describe('following a log', () => {
  const ends: (() => Promise<void>)[] = [];
  // Before the folder goes.
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');

  /** The numbers that a follower has seen so far. */
  function follow(paths: string, options: ReadLogOptions = {}): number[] {
    const seen: number[] = [];
    const ended = new AbortController();
    const reading = (async () => {
      for await (const { n } of readLog(paths, { follow: true, signal: ended.signal, ...options }))
        seen.push(n as number);
    })();
    ends.push(async () => {
      ended.abort();
      await reading;
    });
    return seen;
  }

  const until = (seen: readonly number[], n: number): Promise<void> =>
    waitFor(`record ${n}`, () => seen.includes(n), 15_000);

  it('goes on from what is there to what is written, over rotations and compression, each record once', async () => {
    const log = createLogger({
      sources: false,
      destinations: [file({ path: path(), maxSize: '20k', zippedArchive: true })],
    });
    for (const n of range(1, 300)) log.info('tick', { n });
    await log.flush();
    const seen = follow(path());
    await until(seen, 300);
    for (let from = 301; from <= 3000; from += 300) {
      for (const n of range(from, from + 299)) log.info('tick', { n });
      await log.flush();
      await until(seen, from + 299);
    }
    await log.close();
    expect(seen).toEqual(range(1, 3000));
  });

  it('begins at an instant, and gives a line when it is whole', async () => {
    layLog(path(), 1, 100);
    const line = lineOf(101);
    appendFileSync(path(), line.slice(0, 40));
    const seen = follow(path(), { from: timeOf(99), toleranceMs: 0 });
    await until(seen, 100);
    appendFileSync(path(), `${line.slice(40)}${lineOf(102)}`);
    await until(seen, 102);
    expect(seen).toEqual([99, 100, 101, 102]);
  });

  it('begins anew when somebody else cuts or replaces the file', async () => {
    layLog(path(), 1, 10);
    const seen = follow(path());
    await until(seen, 10);
    truncateSync(path());
    appendFileSync(path(), lineOf(11));
    await until(seen, 11);
    renameSync(path(), folder.path('elsewhere'));
    writeFileSync(path(), lineOf(12) + lineOf(13));
    await until(seen, 13);
    expect(seen).toEqual(range(1, 13));
  });

  it('begins anew when the file is cut right after it was read, before the first look at what is new', async () => {
    layLog(path(), 1, 10);
    const ended = new AbortController();
    const seen: number[] = [];
    for await (const { n } of readLog(path(), { follow: true, signal: ended.signal })) {
      seen.push(n as number);
      if (n === 10) writeFileSync(path(), lineOf(11));
      if (n === 11) ended.abort();
    }
    expect(seen).toEqual(range(1, 11));
  });

  it('takes up files that come later', async () => {
    layLog(folder.path('app-2026-11-21.log'), 1, 3);
    const seen = follow(folder.path('app-%DATE%.log'));
    await until(seen, 3);
    layLog(folder.path('app-2026-11-22.log'), 4, 5);
    await until(seen, 5);
    expect(seen).toEqual(range(1, 5));
  });

  it('has no reverse order', () => {
    expect(() => readLog(path(), { follow: true, reverse: true })).toThrow(
      expect.objectContaining({ code: 'MXL_FILE_READ_INVALID' }),
    );
  });
});
