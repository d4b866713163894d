// Ends the thread that writes a sealed file, and seals it, while records are under way, and logs on.
const { writeSync } = require('node:fs');
const workers = [];
process.on('worker', (worker) => workers.push(worker));
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');
const { fileSigner, seal } = require('@metaexpert/logger-compliance');

const { path, keyPath, origin } = JSON.parse(process.argv[2]);
const destination = seal(file({ path, maxSize: '100k' }), { signer: fileSigner(keyPath), origin, everyRecords: 50 });
const log = createLogger({ sources: false, destinations: [destination] });
const codes = [];
log.on('failure', ({ error }) => codes.push(error.code));

async function main() {
  for (let n = 1; n <= 1000; n += 1) log.info('before', { n });
  await log.flush();
  // No turn of the event loop between the order to end and these: they are under way when the thread ends.
  const ended = workers[0].terminate();
  for (let n = 1001; n <= 2000; n += 1) log.info('during', { n });
  await ended;
  for (let n = 2001; n <= 3000; n += 1) log.info('after', { n });
  const { ok } = await log.close();
  writeSync(1, `${JSON.stringify({ ok, codes })}\n`);
}

void main();
