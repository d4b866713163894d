import { once } from 'node:events';
import { join } from 'node:path';
import winston from 'winston';
import DailyRotateFile from 'winston-daily-rotate-file';
import { message } from '../harness/record.mjs';
import { maxBytes } from '../harness/rotation-size.mjs';

function start(transport) {
  const logger = winston.createLogger({
    level: 'info',
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  return {
    info: (fields) => logger.info(message, fields),
    debug: (fields) => logger.debug(message, fields),
    critical: (fields) => logger.error(message, fields),
    /** As the README has it: end the logger and wait until it has finished. */
    end: async () => {
      const finished = once(logger, 'finish');
      logger.end();
      await finished;
    },
  };
}

export async function openWinstonFile(directory) {
  return start(new winston.transports.File({ filename: join(directory, 'app.log'), maxsize: maxBytes }));
}

export async function openWinstonDailyRotateFile(directory, { maxSize = maxBytes } = {}) {
  return start(
    new DailyRotateFile({ filename: join(directory, 'app-%DATE%.log'), datePattern: 'YYYY-MM-DD', maxSize }),
  );
}
