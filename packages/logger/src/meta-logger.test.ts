import { ConfigError } from '@metaexpert/logger-core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoggerConfig } from './logger-config';
import { MetaLogger } from './meta-logger';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mxl-meta-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function create(): MetaLogger {
  const options = LoggerConfig.forBacktesting({ log_dir: folder, sources: false, exitHooks: false });
  return MetaLogger.create(options);
}

function lines(name: string): Record<string, unknown>[] {
  const text = readFileSync(join(folder, name), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe('MetaLogger', () => {
  it('logs trades and errors to their files and to main', async () => {
    const meta = create();
    meta.logTrade('filled', { orderId: 'A1' });
    meta.logError('rejected', new Error('no funds'), { orderId: 'A2' });
    meta.logError(new TypeError('bad tick'));
    meta.getTradeLogger({ symbol: 'BTCUSDT' }).info('sent');
    meta.getErrorLogger().error('again');
    const receipt = await meta.shutdown();
    expect(receipt.ok).toBe(true);
    expect(lines('expert.log')).toHaveLength(5);
    expect(lines('trades.log').map(({ message }) => message)).toEqual(['filled', 'sent']);
    expect(lines('errors.log').map(({ message }) => message)).toEqual(['rejected', 'bad tick', 'again']);
    expect(lines('errors.log')[0]).toMatchObject({ orderId: 'A2', error: { name: 'Error', message: 'no funds' } });
  });

  it('applies a whole new configuration or none of it', async () => {
    const meta = create();
    await expect(meta.configure({ logLevel: 'LOUD' as 'INFO' })).rejects.toBeInstanceOf(ConfigError);
    meta.getMainLogger().info('still here');
    await meta.configure({
      log_dir: folder,
      log_file: 'other.log',
      logToConsole: false,
      sources: false,
      exitHooks: false,
    });
    meta.getMainLogger().info('moved');
    await meta.shutdown();
    expect(lines('expert.log').map(({ message }) => message)).toEqual(['still here']);
    expect(readFileSync(join(folder, 'other.log'), 'utf8')).toContain('moved');
  });
});
