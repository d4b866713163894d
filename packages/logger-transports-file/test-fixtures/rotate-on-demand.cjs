// Logs a numbered record whenever its standard input says so; says when the record is in the file. SIGHUP is the file's business.
const { writeSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

const log = createLogger({ sources: false, destinations: [file(JSON.parse(process.argv[2]).file)] });
createInterface({ input: process.stdin })
  .on('line', async (line) => {
    log.info('order placed', { n: Number(line) });
    await log.flush();
    writeSync(1, `${JSON.stringify({ written: Number(line) })}\n`);
  })
  .on('close', () => process.exit(0));
