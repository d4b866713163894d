import { describeTransport } from '../testing';
import { ConsoleTransport } from './console-transport';
import { runChild } from '../../test/child-process';

describe('the console, seen from outside', () => {
  it('writes JSON Lines to stdout, in order, under the production preset and without one', async () => {
    for (const options of ["{ preset: 'production', sources: false }", '{ sources: false }']) {
      const { records, code, stderr } = await runChild(
        `const log = createLogger(${options}); log.debug('no'); for (let i = 0; i < 1000; i++) log.info('' + i);`,
      );
      expect(records.map((record) => record['message'])).toEqual(
        Array.from({ length: 1000 }, (_, index) => `${index}`),
      );
      expect([code, stderr]).toEqual([0, '']);
    }
  });

  it('is readable and keeps its place among console.log under the development preset', async () => {
    const { stdout } = await runChild(`
      const log = createLogger({ preset: 'development', sources: false, name: 'bot' });
      console.log('before');
      log.debug('tick', { symbol: 'BTCUSDT' });
      console.log('between');
      log.error('rejected', new Error('no margin'));
      console.log('after');
    `);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('before');
    expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} DEBUG {4}bot {2}tick symbol=BTCUSDT$/);
    expect(lines[2]).toBe('between');
    expect(lines[3]).toMatch(/ERROR {4}bot {2}rejected$/);
    expect(lines[4]).toBe('    Error: no margin');
    expect(lines.at(-2)).toBe('after');
  });

  it('writes few large chunks under the backtesting preset, with the simulated time', async () => {
    const { records } = await runChild(`
      const clock = new testing.ManualClock(0);
      const log = createLogger({ preset: 'backtesting', sources: false, clock });
      for (let i = 0; i < 5000; i++) { clock.advance(60_000); log.info('candle'); }
    `);
    expect(records).toHaveLength(5000);
    expect(records.at(-1)).toMatchObject({ simulatedTime: '1970-01-04T11:20:00.000Z', seq: 5000 });
  });

  it('writes to stderr when told to', async () => {
    const { stdout, stderr } = await runChild(
      `createLogger({ sources: false, destinations: [consoleOutput({ stream: 'stderr' })] }).info('x');`,
    );
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({ message: 'x' });
  });

  it('does not crash the process when its reader is gone', async () => {
    const { code, stderr } = await runChild(
      `
      const log = createLogger({ sources: false });
      let failed = 0;
      log.on('failure', () => (failed += 1));
      const timer = setInterval(() => {
        log.info('x'.repeat(100));
        if (failed === 0) return;
        clearInterval(timer);
        process.stderr.write('heard of it');
        process.exitCode = 7;
      }, 1);
    `,
      { started: (child) => child.stdout!.destroy() },
    );
    expect(stderr).toBe('heard of it');
    expect(code).toBe(7);
  });

  it('keeps no process waiting when its reader stalls, and tears no line', async () => {
    let text = '';
    const { code, stderr } = await runChild(
      `
      const log = createLogger({ sources: false, shutdownTimeoutMs: 300 });
      log.on('failure', () => {});
      const start = performance.now();
      for (let i = 0; i < 20_000; i++) log.info('x'.repeat(100), { i });
      const { accepted, queued, dropped } = log.health()[0];
      process.stderr.write(JSON.stringify({ accepted, queued, full: dropped.queue_full > 0 }));
      process.exit(3);
    `,
      {
        started: (child) => {
          child.stdout!.removeAllListeners('data').pause();
          // It reads on when the child has ended: what the pipe holds is whole lines, but for the last.
          child.once('exit', () => child.stdout!.on('data', (chunk: string) => (text += chunk)));
        },
      },
    );
    expect(code).toBe(3);
    expect(JSON.parse(stderr)).toMatchObject({ accepted: 20_000, full: true });
    const lines = text.split('\n');
    lines.pop();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('i');
  });
});

describe('the console in a test runner, where somebody has replaced write()', () => {
  const written: string[] = [];
  describeTransport({
    create: () => {
      written.length = 0;
      process.stdout.write = ((text: string, done: () => void) => {
        written.push(...text.split('\n').slice(0, -1));
        done();
        return true;
      }) as typeof process.stdout.write;
      return new ConsoleTransport('stdout');
    },
    received: () => written,
    cleanup: () => void Reflect.deleteProperty(process.stdout, 'write'),
  });
});
