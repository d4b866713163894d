import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLines, runChild } from '../../test/child-process';

const folder = mkdtempSync(join(tmpdir(), 'exit-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

const COUNT = 5000;

/** Where the records go: a console, and beside it a destination that never answers. */
const LOGGERS: Record<string, string> = {
  'the console':
    'const log = createLogger({ sources: false, shutdownTimeoutMs: 500, destinations: [consoleOutput(), testing.destinationOf(new testing.HangingTransport())] });',
  'a transport with writeSync': `
    const { appendFileSync } = require('node:fs');
    const lines = (batch) => batch.map(({ payload }) => payload + '\\n').join('');
    const lastResort = { write: () => new Promise(() => {}), writeSync: (batch) => appendFileSync(process.env.OUT, lines(batch)) };
    const log = createLogger({ sources: false, shutdownTimeoutMs: 500, destinations: [testing.destinationOf(lastResort), testing.destinationOf(new testing.HangingTransport(), { name: 'hangs' })] });`,
};

const burst = (records: number) => `for (let i = 0; i < ${records}; i++) log.info('' + i);`;

describe.each(Object.entries(LOGGERS))('at the end of the process, with %s', (_name, logger) => {
  it.each<[string, string, { code: number | null; signal: NodeJS.Signals | null }]>([
    ['process.exit in the first tick', `${burst(COUNT)} process.exit(4);`, { code: 4, signal: null }],
    ['process.exit after one record', `${burst(1)} process.exit(4);`, { code: 4, signal: null }],
    [
      'process.exit later',
      `setTimeout(() => { ${burst(COUNT)} process.exit(); }, 5); process.exitCode = 6;`,
      { code: 6, signal: null },
    ],
    ['an emptied loop', burst(COUNT), { code: 0, signal: null }],
    ['an uncaught exception', `${burst(COUNT)} throw new Error('nobody caught me');`, { code: 1, signal: null }],
    [
      'an unhandled rejection',
      `${burst(COUNT)} Promise.reject(new Error('nobody awaited me'));`,
      { code: 1, signal: null },
    ],
    ...(['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(
      (signal) =>
        [
          signal,
          `setInterval(() => {}, 1000); ${burst(COUNT)} process.kill(process.pid, '${signal}');`,
          { code: null, signal },
        ] as [string, string, { code: null; signal: NodeJS.Signals }],
    ),
  ])('%s loses nothing and changes neither exit code nor signal', async (what, script, end) => {
    const file = join(folder, `${++files}.log`);
    writeFileSync(file, '');
    const { stdout, code, signal } = await runChild(logger + script, { env: { OUT: file } });
    const records = parseLines(stdout + readFileSync(file, 'utf8'));
    const messages = records.map((record) => record['message']);
    const expected = what.includes('one record') ? 1 : COUNT;
    expect(messages.filter((message) => /^\d+$/.test(String(message)))).toEqual(
      Array.from({ length: expected }, (_, index) => `${index}`),
    );
    expect({ code, signal }).toEqual(end);
    if (what.startsWith('an un')) {
      expect(records.at(-1)).toMatchObject({
        level: 'critical',
        category: 'error',
        message: expect.stringMatching(/^(uncaught exception: nobody caught|unhandled rejection: nobody awaited) me$/),
        error: { name: 'Error', stack: expect.any(String) },
      });
    }
  });
});

describe('the exit hooks', () => {
  it('leave a signal alone that the application answers itself', async () => {
    const { code, records } = await runChild(`
      const log = createLogger({ sources: false });
      process.on('SIGTERM', () => { log.info('mine'); process.exit(9); });
      setInterval(() => {}, 1000);
      process.kill(process.pid, 'SIGTERM');
    `);
    expect([code, records[0]?.['message']]).toEqual([9, 'mine']);
  });

  it('end the process although everything hangs', async () => {
    const { signal } = await runChild(`
      const log = createLogger({ sources: false, shutdownTimeoutMs: 100, destinations: [testing.destinationOf(new testing.HangingTransport())] });
      log.info('x');
      setInterval(() => {}, 1000);
      process.kill(process.pid, 'SIGTERM');
    `);
    expect(signal).toBe('SIGTERM');
  });

  it('are taken off when the last logger is closed, and not set when switched off', async () => {
    const { stdout } = await runChild(`
      const count = () => ['exit', 'beforeExit', 'uncaughtExceptionMonitor', 'SIGTERM', 'SIGINT', 'SIGHUP'].map((name) => process.listenerCount(name)).join('');
      const before = count();
      createLogger({ sources: false, exitHooks: false });
      const off = count();
      const logs = Array.from({ length: 20 }, () => createLogger({ sources: false }));
      const on = count();
      Promise.all(logs.map((log) => log.close())).then(() => console.log([before, off, on, count()].join(' ')));
    `);
    expect(stdout.trim()).toBe('000000 000000 111111 000000');
  });
});
