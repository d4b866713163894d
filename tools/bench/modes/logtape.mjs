import { join } from 'node:path';
import { getRotatingFileSink } from '@logtape/file';
import { configure, dispose, getJsonLinesFormatter, getLogger } from '@logtape/logtape';
import { message } from '../harness/record.mjs';
import { keptFiles, maxBytes } from '../harness/rotation-size.mjs';

/** The sink's own defaults, or its `nonBlocking` variant; both ask for an fsync with each buffer. */
export async function openLogTape(directory, { nonBlocking = false } = {}) {
  const file = getRotatingFileSink(join(directory, 'app.log'), {
    maxSize: maxBytes,
    maxFiles: keptFiles,
    formatter: getJsonLinesFormatter({ properties: 'flatten' }),
    nonBlocking,
  });
  await configure({
    sinks: { file },
    loggers: [
      { category: ['bot'], lowestLevel: 'info', sinks: ['file'] },
      { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: [] },
    ],
  });
  const logger = getLogger(['bot']);
  return {
    info: (fields) => logger.info(message, fields),
    debug: (fields) => logger.debug(message, fields),
    critical: (fields) => logger.fatal(message, fields),
    end: () => dispose(),
  };
}
