import { join } from 'node:path';
import { promisify } from 'node:util';
import log4js from 'log4js';
import { message } from '../harness/record.mjs';
import { keptFiles, maxBytes } from '../harness/rotation-size.mjs';

/** log4js has no JSON layout of its own; this is the one its documentation shows, with the fields at the top. */
function jsonLayout() {
  return ({ startTime, level, categoryName, data: [text, fields] }) =>
    JSON.stringify({ timestamp: startTime, level: level.levelStr, logger: categoryName, message: text, ...fields });
}

export async function openLog4js(directory) {
  log4js.addLayout('jsonLines', jsonLayout);
  log4js.configure({
    appenders: {
      file: {
        type: 'file',
        filename: join(directory, 'app.log'),
        maxLogSize: maxBytes,
        backups: keptFiles,
        layout: { type: 'jsonLines' },
      },
    },
    categories: { default: { appenders: ['file'], level: 'info' } },
  });
  const logger = log4js.getLogger('bot');
  return {
    info: (fields) => logger.info(message, fields),
    debug: (fields) => logger.debug(message, fields),
    critical: (fields) => logger.fatal(message, fields),
    end: () => promisify(log4js.shutdown)(),
  };
}
