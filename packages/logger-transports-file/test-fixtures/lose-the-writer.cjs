// Ends the thread that writes a file while records are under way, and logs on.
const { writeSync } = require('node:fs');
const workers = [];
process.on('worker', (worker) => workers.push(worker));
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

const params = JSON.parse(process.argv[2]);
const say = (what) => writeSync(1, `${JSON.stringify(what)}\n`);
const log = createLogger({
  sources: false,
  destinations: [file({ name: 'mine', path: params.path }), file({ name: 'other', path: params.other })],
});
const failures = [];
log.on('failure', ({ destination, kind, error }) => failures.push({ destination, kind, code: error.code }));

async function main() {
  for (let n = 1; n <= 1000; n += 1) log.info('before', { n });
  await log.flush();
  // No turn of the event loop between the order to end and these: they are under way when the thread ends.
  const ended = workers[0].terminate();
  for (let n = 1001; n <= 2000; n += 1) log.info('during', { n });
  await ended;
  for (let n = 2001; n <= 3000; n += 1) log.info('after', { n });
  await log.flush();
  say({ failures });
  const { ok } = await log.close();
  say({ ok });
}

void main();
