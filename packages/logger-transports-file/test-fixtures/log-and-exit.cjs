// Logs numbered records into a file, then lets the event loop run empty; when asked to, once a failure has been told.
const { writeSync } = require('node:fs');
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

const params = JSON.parse(process.argv[2]);
const log = createLogger({ sources: false, destinations: [file(params.file)] });
for (let n = params.from ?? 1; n < (params.from ?? 1) + params.count; n += 1) log.info('order placed', { n });
if (params.untilFailure) {
  const staying = setInterval(() => undefined, 60_000);
  log.on('failure', ({ kind, error, records }) => {
    writeSync(1, `${JSON.stringify({ kind, message: error.message, records })}\n`);
    clearInterval(staying);
  });
}
