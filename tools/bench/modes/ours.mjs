import { join } from 'node:path';
import { consoleOutput, createLogger } from '@metaexpert/logger-core';
import { file } from '@metaexpert/logger-transports-file';
import { kindOf, message } from '../harness/record.mjs';
import { keptFiles, maxBytes } from '../harness/rotation-size.mjs';
import { deadRemote, deadRemotePlugin } from './dead-remote.mjs';

const rotated = (path, more) => file({ path, maxSize: maxBytes, maxFiles: keptFiles, ...more });

function start(options) {
  const logger = createLogger({ name: 'bot', sources: false, ...options });
  // A dead remote is part of some modes; what it says about itself does not belong into the table.
  logger.on('failure', () => undefined);
  return {
    logger,
    info: (fields) => logger.info(message, fields),
    debug: (fields) => logger.debug(message, fields),
    critical: (fields) => logger.critical(message, fields),
    health: () => logger.health(),
    end: () => logger.close(),
  };
}

/** What a user gets who asks for nothing but a file: masking of the default secret keys is on. */
export async function openOurs(directory, { maxSize = maxBytes } = {}) {
  return start({ destinations: [rotated(join(directory, 'app.log'), { maxSize })] });
}

/** Rotated every 64 MiB and compressed; all files are kept. */
export async function openOursCompressed(directory) {
  return start({ destinations: [file({ path: join(directory, 'app.log'), maxSize: '64m', compress: 'gzip' })] });
}

export async function openOursUnmasked(directory) {
  return start({ redact: false, destinations: [rotated(join(directory, 'app.log'))] });
}

export async function openOursWithDeadRemote(directory) {
  return start({
    plugins: [deadRemotePlugin],
    destinations: [rotated(join(directory, 'app.log')), deadRemote],
  });
}

/** Console (standard output is a file here), main, trades, errors and a dead remote, over a bot's mix of records. */
export async function openOursFive(directory) {
  const log = start({
    plugins: [deadRemotePlugin],
    destinations: [
      consoleOutput({ format: 'json' }),
      rotated(join(directory, 'main', 'main.log'), { name: 'main' }),
      rotated(join(directory, 'trades', 'trades.log'), { name: 'trades', filter: { category: 'trade' } }),
      rotated(join(directory, 'errors', 'errors.log'), { name: 'errors', filter: { minLevel: 'error' } }),
      deadRemote,
    ],
  });
  const { logger } = log;
  return {
    ...log,
    info: (fields, index) => logger[kindOf(index)](message, fields),
    end: () => logger.close(),
  };
}
