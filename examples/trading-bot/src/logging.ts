import { join } from 'node:path';

import { setupLogger } from '@metaexpert/logger';
import { fileSigner, redact, seal } from '@metaexpert/logger-compliance';
import { type Logger } from '@metaexpert/logger-core';
import { file } from '@metaexpert/logger-transports-file';

import { flakyUplink } from './flaky-uplink';
import { type Outage } from './outage';
import { type Credentials } from './signed-request';

export interface LoggingOptions {
  readonly logDir: string;
  readonly json: boolean;
  readonly outage: Outage;
  /** Private key that the orders are sealed with. */
  readonly keyFile: string;
  readonly credentials: Credentials;
}

/** MetaExpert's console and three files, an uplink that the outage breaks, and what became of orders once more, sealed. */
export function setUpLogging({ logDir, json, outage, keyFile, credentials }: LoggingOptions): Logger {
  return setupLogger({
    log_name: 'trading-bot',
    log_dir: logDir,
    log_level: 'DEBUG', // every candle, but only in the main file
    console_log_level: 'INFO',
    json_logging: json,
    processors: [redact({ presets: ['exchanges'], protect: [credentials.apiKey, credentials.secret] })],
    destinations: [
      seal(
        file({
          name: 'orders',
          path: logFiles(logDir).orders,
          format: 'json',
          filter: { category: ['trade', 'audit'] },
        }),
        { signer: fileSigner(keyFile), origin: 'trading-bot.example/orders' },
      ),
      flakyUplink({
        name: 'uplink',
        path: logFiles(logDir).uplink,
        level: 'info',
        format: 'json',
        batch: { maxRecords: 10, maxDelayMs: 5 },
        retry: { minDelayMs: 5, maxDelayMs: 50 },
        breaker: { failures: 3, cooldownMs: 50 },
        outage,
      }),
    ],
  });
}

/** Where `setUpLogging` has the records put. */
export function logFiles(logDir: string) {
  return {
    main: join(logDir, 'expert.log'),
    trades: join(logDir, 'trades.log'),
    errors: join(logDir, 'errors.log'),
    uplink: join(logDir, 'uplink.jsonl'),
    orders: join(logDir, 'orders.log'),
  };
}
