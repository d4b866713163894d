import { join } from 'node:path';

import { setupLogger } from '@metaexpert/logger';
import { type Logger } from '@metaexpert/logger-core';

import { flakyUplink } from './flaky-uplink';
import { type Outage } from './outage';

export interface LoggingOptions {
  readonly logDir: string;
  readonly json: boolean;
  readonly outage: Outage;
}

/** MetaExpert's console and three files, and an uplink that the outage breaks. */
export function setUpLogging({ logDir, json, outage }: LoggingOptions): Logger {
  return setupLogger({
    log_name: 'trading-bot',
    log_dir: logDir,
    log_level: 'DEBUG', // every candle, but only in the main file
    console_log_level: 'INFO',
    json_logging: json,
    destinations: [
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
  };
}
