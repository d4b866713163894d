import { readdirSync } from 'node:fs';
import { createLogger } from '@metaexpert/logger-core';
import { file, readLogLines } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { range } from '../test-fixtures/read-back';
import { runChild } from '../test-fixtures/run-child';

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
