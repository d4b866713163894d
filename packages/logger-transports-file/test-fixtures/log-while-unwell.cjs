// Logs into two files of which one cannot be written; says when that has failed, and ends when it has recovered.
const { writeSync } = require('node:fs');
const { createLogger } = require('@metaexpert/logger-core');
const { waitFor } = require('@metaexpert/logger-core/testing');
const { file } = require('@metaexpert/logger-transports-file');

const { paths, count } = JSON.parse(process.argv[2]);
const say = (what) => writeSync(1, `${JSON.stringify(what)}\n`);
const log = createLogger({
  sources: false,
  destinations: [file({ name: 'unwell', path: paths.unwell }), file({ name: 'healthy', path: paths.healthy })],
});
log.on('failure', () => undefined);

async function main() {
  for (let n = 1; n <= count; n += 1) log.info('order placed', { n });
  const health = () => Object.fromEntries(log.health().map((one) => [one.name, one]));
  await waitFor('failure', () => health().unwell.state === 'failed' && health().healthy.delivered === count);
  const { unwell, healthy } = health();
  say({ state: unwell.state, code: unwell.lastError.code, healthy: healthy.delivered });
  await waitFor('recovery', () => health().unwell.delivered === count);
  const { ok } = await log.close();
  say({ ok });
}

void main();
