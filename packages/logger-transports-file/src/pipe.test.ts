import { closeSync, constants, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { createLogger, type Logger } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { makePipe } from '../test-fixtures/make-pipe';
import { numbersIn, range } from '../test-fixtures/read-back';

(process.platform === 'win32' ? describe.skip : describe)('a named pipe (POSIX only) in the place of a file', () => {
  const folder = folderPerTest();

  function open(pipes: string[]): Logger {
    const hung = pipes.map((path, index) => file({ name: `hung ${index}`, path }));
    const log = createLogger({
      sources: false,
      destinations: [...hung, file({ name: 'healthy', path: folder.path('app.log') })],
    });
    log.on('failure', () => undefined);
    return log;
  }

  it('has failed while nobody reads it; eight of them leave the files and the look-ups of the application alone', async () => {
    const folders = range(1, 8).map((number) => `disk ${number}`);
    for (const name of folders) mkdirSync(folder.path(name));
    writeFileSync(folder.path('own.txt'), 'the application');
    const log = open(folders.map((name) => makePipe(folder.path(name, 'app.log'))));
    for (const n of range(1, 1000)) log.info('tick', { n });
    expect(await readFile(folder.path('own.txt'), 'utf8')).toBe('the application');
    expect((await lookup('127.0.0.1')).address).toBe('127.0.0.1');
    const states = (): Map<string, number> =>
      new Map(log.health().map(({ state }) => [state, log.health().filter((one) => one.state === state).length]));
    await waitFor('eight failures', () => states().get('failed') === 8, 20_000);
    await waitFor('the healthy one', () => log.health().at(-1)!.delivered === 1000);
    expect(numbersIn(folder.path('app.log'))).toEqual(range(1, 1000));
    const receipt = await log.close({ timeoutMs: 200 });
    expect(receipt.destinations.map(({ pending }) => pending)).toEqual([...Array<number>(8).fill(1000), 0]);
  }, 30_000);

  it('takes all once a reader has come', async () => {
    const path = makePipe(folder.path('pipe'));
    const log = open([path]);
    for (const n of range(1, 100)) log.info('tick', { n });
    await waitFor('the failure', () => log.health()[0]!.state === 'failed');
    const reader = new PipeReader(path);
    await waitFor('the lines', () => reader.read().length === 100);
    expect(reader.read()).toEqual(range(1, 100));
    expect((await log.close()).ok).toBe(true);
    reader.close();
  });

  it('with a slow reader is waited for, without torn lines and without holding up its neighbour of the same folder', async () => {
    const path = makePipe(folder.path('pipe'));
    const reader = new PipeReader(path);
    const log = open([path]);
    for (const n of range(1, 5000)) log.info('order placed', { n, note: 'crossed above on the close' });
    await waitFor('the healthy one', () => log.health().at(-1)!.delivered === 5000);
    const pipe = log.health()[0]!;
    expect(pipe.state).toBe('active');
    expect(pipe.queued).toBeGreaterThan(0);
    await waitFor('the lines', () => reader.read().length === 5000);
    expect(reader.read()).toEqual(range(1, 5000));
    expect((await log.close()).ok).toBe(true);
    reader.close();
  });
});

/** Reads what is in a pipe when it is asked to, and never waits. */
class PipeReader {
  readonly #fd: number;
  #text = '';

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  }

  /** The numbers of all records that have come so far. */
  read(): number[] {
    const chunk = Buffer.alloc(4096);
    try {
      for (let read = readSync(this.#fd, chunk); read > 0; read = readSync(this.#fd, chunk))
        this.#text += chunk.toString('utf8', 0, read);
    } catch (thrown) {
      expect((thrown as NodeJS.ErrnoException).code).toBe('EAGAIN');
    }
    return this.#text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).n);
  }

  close(): void {
    closeSync(this.#fd);
  }
}
