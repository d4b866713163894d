import { createLogger, type Logger } from '@metaexpert/logger-core';
import { file } from '@metaexpert/logger-transports-file';
import { join } from 'node:path';
import winston from 'winston';

/**
 * What the service had with winston stays: its format, and a winston transport that others read. What is new: files that
 * rotate, a file of its own for errors, and nothing lost at the end of the process.
 */
export function setUpLogging(logDir: string): Logger {
  const log = createLogger({
    name: 'order-service',
    format: winston.format((info) => ({ ...info, region: 'eu-1' }))(),
    destinations: [
      file({ name: 'main', path: join(logDir, 'service.jsonl'), maxSize: '64k', maxFiles: 50 }),
      file({ name: 'errors', path: join(logDir, 'errors.jsonl'), level: 'error' }),
    ],
  });
  log.add(
    new winston.transports.File({
      filename: join(logDir, 'as-before.log'),
      format: winston.format.printf(({ level, message }) => `${level}: ${String(message)}`),
    }),
  );
  return log;
}
