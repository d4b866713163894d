import { once } from 'node:events';
import { join } from 'node:path';
import pino from 'pino';
import { message, secretPaths } from '../harness/record.mjs';
import { keptFiles, maxBytes } from '../harness/rotation-size.mjs';

function start(stream, { redact } = {}) {
  const logger = pino(redact ? { redact: { paths: secretPaths, censor: '***' } } : {}, stream);
  return {
    info: (fields) => logger.info(fields, message),
    debug: (fields) => logger.debug(fields, message),
    critical: (fields) => logger.fatal(fields, message),
    /** Ends the stream; `flush(callback)` would wait for an fsync, which nobody else does. */
    end: async () => {
      stream.ref?.(); // a worker's stream does not keep the process alive, which is waiting for nothing else
      const closed = once(stream, 'close');
      stream.end();
      await closed;
    },
  };
}

export async function openPinoSync(directory, options) {
  const stream = pino.destination({ dest: join(directory, 'app.log'), sync: true });
  return start(stream, options);
}

/** The settings of pino's page on asynchronous logging. */
export async function openPinoAsync(directory, options) {
  const stream = pino.destination({ dest: join(directory, 'app.log'), sync: false, minLength: 4096 });
  await once(stream, 'ready');
  return start(stream, options);
}

export async function openPinoWorker(directory, options) {
  return startWorker({ target: 'pino/file', options: { destination: join(directory, 'app.log') } }, options);
}

export async function openPinoRoll(directory, options) {
  const file = join(directory, 'app');
  const size = `${maxBytes / 1024}k`;
  return startWorker(
    { target: import.meta.resolve('pino-roll'), options: { file, size, limit: { count: keptFiles } } },
    options,
  );
}

async function startWorker(transport, options) {
  const stream = pino.transport(transport);
  await once(stream, 'ready');
  return start(stream, options);
}
