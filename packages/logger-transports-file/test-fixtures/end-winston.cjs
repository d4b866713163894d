// Plain winston with one of our files: logs, ends, and exits when that has finished.
const { existsSync, readFileSync, writeSync } = require('node:fs');
const { toWinston } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

// The winston that core works on.
const winston = require(require.resolve('winston', { paths: [require.resolve('@metaexpert/logger-core')] }));
const { path, count, waitsFor, format } = JSON.parse(process.argv[2]);
const transport = toWinston(file({ path }));
const text = winston.format.printf(({ level, message, n }) => `${level}: ${message} ${n}`);
const logger = winston.createLogger({
  format: format === 'text' ? text : winston.format.json(),
  transports: [transport],
});
(waitsFor === 'logger' ? logger : transport).on('finish', () => {
  writeSync(
    1,
    `${JSON.stringify({ linesAtFinish: existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0 })}\n`,
  );
  process.exit(7);
});
for (let n = 1; n <= count; n += 1) logger.info('order placed', { n });
logger.end();
