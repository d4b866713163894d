import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MetaLogger } from './meta-logger';
import { type MetaLoggerOptions } from './parameters';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mxl-meta-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('increase_temporarily', () => {
  it('keeps what the queue has no room for in a folder, and all of it is in the file when the process has exited', () => {
    const options: MetaLoggerOptions = {
      log_dir: folder,
      log_to_console: false,
      json_logging: true,
      log_async_queue_size: 100,
      overflow_strategy: 'increase_temporarily',
      shutdownTimeoutMs: 20_000,
    };
    const program = `
      const { setupLogger } = require(${JSON.stringify(require.resolve('@metaexpert/logger'))});
      const log = setupLogger(${JSON.stringify(options)});
      for (let n = 1; n <= Number(process.argv[1]); n++) log.info('order placed', { n });
      process.exit(3);`;
    const run = (count: number): void => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program, String(count)], {
        encoding: 'utf8',
      });
      expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: '', stderr: '' });
    };
    const numbers = (): unknown[] =>
      readFileSync(join(folder, 'expert.log'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { n: number }).n);
    run(5000);
    const all = Array.from({ length: 5000 }, (_, index) => index + 1);
    expect(numbers()).toEqual(all);
    run(1);
    expect(numbers()).toEqual([...all, 1]);
    expect(readdirSync(join(folder, 'spool', 'main')).filter((name) => name.endsWith('.spool'))).toEqual([]);
  }, 60_000);

  it('keeps what a remote destination does not take for the next process', async () => {
    let up = false;
    const received: unknown[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (up) received.push(...(JSON.parse(Buffer.concat(chunks).toString()) as { n: unknown }[]).map(({ n }) => n));
        response.writeHead(up ? 200 : 503).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const create = () =>
      MetaLogger.create({
        log_dir: folder,
        log_to_file: false,
        log_to_console: false,
        log_async_queue_size: 10,
        overflow_strategy: 'increase_temporarily',
        remote_log_destinations: [{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }],
        exitHooks: false,
      });
    const today = create();
    today.getMainLogger().on('failure', () => undefined);
    for (let n = 1; n <= 300; n++) today.getMainLogger().info('order placed', { n });
    expect((await today.shutdown({ timeoutMs: 2000 })).destinations).toMatchObject([{ dropped: 0, pending: 300 }]);
    up = true;
    const tomorrow = create();
    tomorrow.getMainLogger().info('order placed', { n: 301 });
    expect(await tomorrow.shutdown({ timeoutMs: 20_000 })).toMatchObject({ ok: true });
    server.close();
    expect(received).toEqual(Array.from({ length: 301 }, (_, index) => index + 1));
  }, 60_000);
});
