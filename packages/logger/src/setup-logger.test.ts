import { ConfigError } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLogger, getTradeLogger, setupLogger, setupLogging, shutdownLogger } from './setup-logger';
import { getMetrics, resetMetrics } from './metrics';
import { timedOperation } from './timed-operation';
import { LogContext } from './log-context';
import { systemMetrics } from './system-metrics';
import { TradeContext } from './trade-context';
import { type MetaLoggerOptions } from './parameters';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mxl-meta-'));
});

afterEach(async () => {
  await shutdownLogger();
  rmSync(folder, { recursive: true, force: true });
});

function quiet(options: MetaLoggerOptions = {}): MetaLoggerOptions {
  return { logDir: folder, logToConsole: false, jsonLogging: true, sources: false, exitHooks: false, ...options };
}

function records(name: string): Record<string, unknown>[] {
  const text = readFileSync(join(folder, name), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const messages = (name: string): unknown[] => records(name).map(({ message }) => message);

describe('setupLogger', () => {
  it('puts every record into main, trades also into trades, errors and worse also into errors', async () => {
    const log = setupLogger(quiet());
    log.info('started');
    log.trade('filled', { symbol: 'BTCUSDT' });
    log.warning('slow');
    log.error('rejected', new Error('no funds'));
    log.critical('halted');
    getTradeLogger({ strategyId: 7 }).info('order sent');
    await shutdownLogger();
    expect(messages('expert.log')).toEqual(['started', 'filled', 'slow', 'rejected', 'halted', 'order sent']);
    expect(messages('trades.log')).toEqual(['filled', 'order sent']);
    expect(messages('errors.log')).toEqual(['rejected', 'halted']);
    expect(records('trades.log')[1]).toMatchObject({ category: 'trade', strategyId: 7, logger: 'metaexpert' });
  });

  it('writes text files by default, but trades always as JSON Lines', async () => {
    setupLogger(quiet({ jsonLogging: false })).trade('filled', { symbol: 'BTCUSDT' });
    await shutdownLogger();
    expect(readFileSync(join(folder, 'expert.log'), 'utf8')).toMatch(
      /^\S+Z TRADE metaexpert: filled symbol=BTCUSDT\n$/,
    );
    expect(records('trades.log')[0]).toMatchObject({ message: 'filled', symbol: 'BTCUSDT' });
  });

  it('is one logger for the process; a second call applies new options and loses nothing', async () => {
    const first = setupLogger(quiet());
    first.info('before');
    expect(setupLogging(quiet({ log_level: 'DEBUG' }))).toBe(first);
    first.debug('after');
    await shutdownLogger();
    expect(messages('expert.log')).toEqual(['before', 'after']);
  });

  it('gives named loggers beneath it, with levels of their own at run time', async () => {
    const log = setupLogger(quiet());
    log.setLevel('error', 'exchange.ws');
    getLogger('exchange.ws').info('noise');
    getLogger('exchange').info('kept');
    log.setLevel('debug');
    log.debug('now seen');
    await shutdownLogger();
    expect(messages('expert.log')).toEqual(['kept', 'now seen']);
  });

  it('keeps backup_count files put aside beside the live one', async () => {
    const log = setupLogger(quiet({ max_bytes: 2000, backup_count: 2 }));
    for (let i = 0; i < 100; i++) log.info(`record ${i}`);
    await shutdownLogger();
    const main = readdirSync(folder).filter((name) => name.startsWith('expert.log'));
    expect(main).toHaveLength(3);
    expect(messages('expert.log').at(-1)).toBe('record 99');
  });

  it('masks secrets in all files', async () => {
    setupLogger(quiet({ jsonLogging: false })).error('refused', { api_key: '0123456789abcdef' });
    await shutdownLogger();
    for (const name of ['expert.log', 'errors.log']) {
      expect(readFileSync(join(folder, name), 'utf8')).toContain('api_key=***cdef');
    }
  });

  it('adds context from LogContext and TradeContext to what is logged inside', async () => {
    const log = setupLogger(quiet());
    new LogContext({ strategyId: 1 }).run(() => log.info('inside'));
    await new TradeContext({ symbol: 'ETHUSDT' }).run(async () => {
      await Promise.resolve();
      log.info('also a trade');
    });
    await timedOperation('fetch', () => 42);
    await shutdownLogger();
    expect(records('expert.log')[0]).toMatchObject({ strategyId: 1, category: 'general' });
    expect(records('trades.log')[1]).toMatchObject({ symbol: 'ETHUSDT', message: 'also a trade' });
    expect(records('expert.log')[4]).toMatchObject({ category: 'performance', operation: 'fetch' });
  });

  it('says when a TradeContext started and how it ended, whatever the work is', async () => {
    setupLogger(quiet());
    const order = new TradeContext({ symbol: 'BTCUSDT', orderId: 'A1' }, { operation: 'order' });
    expect(order.run(() => 'sync')).toBe('sync');
    expect(await order.run(async () => ({ filled: '0.5' }))).toEqual({ filled: '0.5' });
    const boom = new Error('no margin');
    const fail = (thrown: unknown) => () => { throw thrown; }; // prettier-ignore
    expect(() => order.run(fail(boom))).toThrow(boom);
    await expect(order.run(async () => fail('text')())).rejects.toBe('text');
    await shutdownLogger();
    const lines = records('trades.log');
    expect(lines.map(({ message }) => message)).toEqual(
      ['completed', 'completed', 'failed', 'failed'].flatMap((end) => ['order started', `order ${end}`]),
    );
    for (const line of lines) expect(line).toMatchObject({ category: 'trade', symbol: 'BTCUSDT', orderId: 'A1' });
    expect(lines[1]).toMatchObject({ level: 'trade', outcome: 'ok', result: 'sync', durationMs: expect.any(Number) });
    expect(lines[3]).toMatchObject({ result: { filled: '0.5' } });
    expect(lines[5]).toMatchObject({ level: 'error', outcome: 'failed', error: { message: 'no margin' } });
    expect(lines[7]).toMatchObject({ error: { message: 'text', cause: 'text' } });
    expect(messages('errors.log')).toEqual(['order failed', 'order failed']);
  });

  it("takes the metrics of the system, and source, from the process' logger", async () => {
    const log = setupLogger(quiet({ source: true }));
    const stop = systemMetrics({ intervalMs: 5 });
    await waitFor('a record', () => Number(log.health()[0]?.accepted) > 0, 20_000);
    stop();
    log.info('x', { event_type: 'trade' });
    await shutdownLogger();
    expect(records('expert.log')[0]).toMatchObject({ category: 'performance', rssBytes: expect.any(Number) });
    expect(records('trades.log')).toMatchObject([{ message: 'x', category: 'trade' }]);
  });

  it('counts in metrics what has happened since the last reset', async () => {
    const log = setupLogger(quiet());
    log.info('one');
    await log.flush();
    resetMetrics();
    log.trade('two');
    await log.flush();
    expect(getMetrics()).toMatchObject({ accepted: 2, delivered: 2, dropped: 0, queued: 0 });
  });
});

describe('a bad configuration', () => {
  it('throws with every mistake, before any file is made', () => {
    const options = {
      log_dir: join(folder, 'none'),
      log_levle: 'INFO',
      max_bytes: 2 ** 31,
      overflow_strategy: 'drop-oldest',
    };
    let caught: unknown;
    try {
      setupLogger({ ...options, sources: false } as MetaLoggerOptions);
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toBeInstanceOf(ConfigError);
    expect((caught as ConfigError).message.split('\n')).toEqual([
      "log_levle: unknown option (did you mean 'log_level'?)",
      'max_bytes: 2147483648 is more than 1073741824',
      "overflow_strategy: 'drop-oldest' is not one of drop_oldest, drop_newest, block, increase_temporarily (did you mean 'drop_oldest'?)",
    ]);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('the sources of the configuration', () => {
  const program = `
    const { setupLogger } = require(${JSON.stringify(require.resolve('@metaexpert/logger'))});
    const log = setupLogger(JSON.parse(process.argv[1]));
    log.debug('debug'); log.info('info'); log.warning('warning');`;

  function run(options: MetaLoggerOptions, env: Record<string, string> = {}): string {
    const child = spawnSync(process.execPath, ['-e', program, JSON.stringify(options)], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    });
    return child.stdout + child.stderr;
  }

  it("loads a Python side's config.json unchanged, other keys of it and all", () => {
    const config = {
      api_key: 'x',
      symbol: 'BTCUSDT',
      log_level: 'WARNING',
      log_directory: 'from-file',
      structured_logging: true,
    };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    const output = run({}, { METAEXPERT_LOG_CONFIG: 'config.json' });
    expect(output).toContain('"message":"warning"');
    expect(output).not.toContain('"message":"info"');
    expect(existsSync(join(folder, 'from-file', 'expert.log'))).toBe(true);
  });

  it('lets code win over the environment, and the environment over the file', () => {
    writeFileSync(join(folder, 'metaexpert-logger.json'), JSON.stringify({ log_level: 'ERROR', log_to_file: false }));
    expect(run({})).toBe('');
    expect(run({}, { METAEXPERT_LOG_LEVEL: 'info' })).toMatch(/info[\s\S]*warning/);
    expect(run({ logLevel: 'DEBUG' }, { METAEXPERT_LOG_LEVEL: 'info' })).toContain('debug');
  });
});
