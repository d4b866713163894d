// Logs numbered records into a sealed file for ever, in bursts, and prints how many it has made.
const { writeSync } = require('node:fs');
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');
const { fileSigner, seal } = require('@metaexpert/logger-compliance');

const { path, keyPath, origin, ending, maxSize, count } = JSON.parse(process.argv[2]);
const destination = seal(file({ path, maxSize, zippedArchive: true }), {
  signer: fileSigner(keyPath),
  origin,
  everyRecords: 50,
});
const log = createLogger({ sources: false, destinations: [destination] });
let n = 0;
const burst = (count) => {
  for (const end = n + count; n < end; n += 1) log.info('order placed', { n, note: 'crossed above on the close' });
};

if (ending === undefined) {
  setInterval(() => {
    burst(700);
    writeSync(1, `${JSON.stringify({ n })}\n`);
  }, 5);
} else {
  burst(count);
  if (ending === 'process.exit') process.exit(3);
  if (ending === 'SIGTERM') process.kill(process.pid, 'SIGTERM');
  if (ending === 'exception') throw new Error('boom');
}
