import { createRequire } from 'node:module';
import { join } from 'node:path';
import { makeRecord, message } from '../harness/record.mjs';

// `require`, because that is what the target names; nothing is loaded before the clock runs.
const require = createRequire(import.meta.url);

const logOne = (logger) => logger.info(message, makeRecord(0));

/** The first record of a fresh process: each starts a logger in `directory`, or on standard output, and logs `lines` lines. */
export const firstRecords = {
  'core to stdout': {
    stdout: true,
    start: () => {
      const { createLogger } = require('@metaexpert/logger-core');
      const logger = createLogger({ preset: 'production', sources: false });
      logOne(logger);
      return () => logger.close();
    },
  },
  'winston to stdout': {
    stdout: true,
    start: () => {
      const winston = require('winston');
      const logger = winston.createLogger({ format: json(winston), transports: [new winston.transports.Console()] });
      logOne(logger);
      return () => logger.end();
    },
  },
  'core + transports-file to a file': {
    start: (directory) => {
      const { createLogger } = require('@metaexpert/logger-core');
      const { file } = require('@metaexpert/logger-transports-file');
      const logger = createLogger({
        sources: false,
        destinations: [file({ path: join(directory, 'app.log'), maxSize: '10m' })],
      });
      logOne(logger);
      return () => logger.close();
    },
  },
  'winston + daily-rotate-file to a file': {
    start: (directory) => {
      const winston = require('winston');
      const DailyRotateFile = require('winston-daily-rotate-file');
      const transport = new DailyRotateFile({ filename: join(directory, 'app-%DATE%.log'), maxSize: '10m' });
      const logger = winston.createLogger({ format: json(winston), transports: [transport] });
      logOne(logger);
      return () => logger.end();
    },
  },
  'pino sync to a file': {
    start: (directory) => {
      const pino = require('pino');
      const logger = pino(pino.destination({ dest: join(directory, 'app.log'), sync: true }));
      logger.info(makeRecord(0), message);
      return () => undefined;
    },
  },
  'setupLogger, three files': {
    lines: 5, // all three in main, one of them in trades, one in errors
    start: (directory) => {
      const { setupLogger } = require('@metaexpert/logger');
      const logger = setupLogger({ preset: 'production', log_dir: directory });
      logOne(logger);
      logger.trade('order filled', makeRecord(1));
      logger.error('order rejected', makeRecord(2));
      return () => logger.close();
    },
  },
};

const json = ({ format }) => format.combine(format.timestamp(), format.json());
