import { setupLogger } from '@metaexpert/logger';
import { createLogger, type LoggerOptions } from '@metaexpert/logger-core';
import { CollectingTransport } from '@metaexpert/logger-core/testing';
import { file } from '@metaexpert/logger-transports-file';

const options: LoggerOptions = { level: 'info', sources: false, destinations: [file({ path: 'logs/app.log' })] };
const log = createLogger(options);
log.trade('order filled', { symbol: 'BTCUSDT', side: 'BUY' });
log.child({ symbol: 'BTCUSDT' }).info('tick');
const closed: Promise<{ ok: boolean }> = log.close({ timeoutMs: 100 });

// @ts-expect-error a level that does not exist
createLogger({ level: 'loud' });

export const used = [closed, setupLogger, CollectingTransport];
