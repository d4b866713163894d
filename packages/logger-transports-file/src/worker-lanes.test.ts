import { writeFileSync } from 'node:fs';
import { readLogLines } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { range } from '../test-fixtures/read-back';
import { type Ended, runChild } from '../test-fixtures/run-child';

const KEY = 'c0ffee'.repeat(10) + 'beef';
const COUNT = 3000;

describe('loggers in worker threads, beside one in the main thread', () => {
  const folder = folderPerTest();
  const settings = (): object => ({ path: folder.path('app.log'), maxSize: '50k', zippedArchive: true });

  async function run(params: object): Promise<Ended> {
    const ended = await runChild('log-from-workers.cjs', { file: settings(), count: COUNT, ...params }).ended;
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    return ended;
  }

  async function numbers(key?: { file: string }): Promise<Record<string, number[]>> {
    const found: Record<string, number[]> = {};
    for await (const { record, text } of readLogLines(folder.path('app.log'), key && { key })) {
      if (record === undefined) throw new Error(`torn: ${text}`);
      (found[record['writer'] as string] ??= []).push(record['n'] as number);
    }
    return found;
  }

  const all = { main: [1], 'worker 1': range(0, COUNT), 'worker 2': range(0, COUNT), 'worker 3': range(0, COUNT) };
  /** On a machine that is busy enough one may have found the owner too late, and writes by itself. */
  function expectOneOwner({ said }: Ended): void {
    const workers = said.filter(({ writer }) => writer !== undefined);
    expect(workers.map(({ ok, failures }) => ({ ok, failures }))).toEqual(
      workers.map(() => ({ ok: true, failures: [] })),
    );
    expect(workers.filter(({ threads }) => threads === 0).length).toBeGreaterThanOrEqual(2);
    expect(workers).toHaveLength(3);
  }

  it('write by its thread: nothing is lost, torn or out of order, and they start none of their own', async () => {
    const ended = await run({ workers: 3 });
    expectOneOwner(ended);
    expect(ended.said).toContainEqual({ main: 1 });
    expect(await numbers()).toEqual(all);
  }, 60_000);

  it('write on by that thread when the main thread has closed its logger, and the process ends', async () => {
    expectOneOwner(await run({ workers: 3, how: 'close-first' }));
    expect(await numbers()).toEqual(all);
  }, 60_000);

  it('are terminated, and what they had handed over is in the file', async () => {
    await run({ workers: 3, how: 'terminate' });
    expect(await numbers()).toEqual(all);
  }, 60_000);

  it('go on when that thread dies', async () => {
    const { said } = await run({ workers: 1, how: 'lose-writer' });
    expect(said).toContainEqual(expect.objectContaining({ writer: 'worker 1', ok: true }));
    expect((await numbers())['worker 1']).toEqual(range(0, 2 * COUNT));
  }, 60_000);

  it('write by the rules of the main thread, and say that they have been told others', async () => {
    const workerFile = { ...settings(), maxSize: '10m', maxFiles: 3 };
    const { said } = await run({ workers: 1, workerFile });
    const [failure] = said.find(({ writer }) => writer === 'worker 1')?.['failures'] as { message: string }[];
    expect(failure).toMatchObject({ kind: 'temporary', code: 'MXL_FILE_SETTINGS_DIFFER' });
    expect(failure?.message).toMatch(/app\.log' is not written as said here, in keepFiles, maxBytes$/);
    expect(await numbers()).toEqual({ main: [1], 'worker 1': range(0, COUNT) });
  }, 60_000);

  it('write into an encrypted file, too, when they have the same key, and never into one that is not', async () => {
    const key = { file: folder.path('key') };
    writeFileSync(key.file, KEY);
    const file = { path: folder.path('app.log'), encrypt: { keyId: 'k1', key } };
    await run({ workers: 2, file });
    const { 'worker 1': one, 'worker 2': other } = await numbers(key);
    expect([one, other]).toEqual([range(0, COUNT), range(0, COUNT)]);
  }, 60_000);
});
