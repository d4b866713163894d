// Logs numbered records to a destination with a spool, whose transport is told what to do: `hang`, `down`, or a file
// that it appends `n id` lines to, its store. Prints how many records are safe on the disk, then does what `end` says.
const { appendFileSync, writeSync } = require('node:fs');
const { createLogger, definePlugin, withPlugin } = require('@metaexpert/logger-core');
const { spoolPlugin } = require('@metaexpert/logger-transports-remote');

const { dir, transport, count, from = 1, maxRecords = 10, store, end, fsync = false } = JSON.parse(process.argv[2]);
const say = (what) => writeSync(1, `${JSON.stringify(what)}\n`);
const startedMs = Date.now();

const write = async (batch) => {
  if (transport === 'hang') return new Promise(() => undefined);
  if (transport === 'down' || Date.now() - startedMs < 200) return { status: 'retry', error: new Error('down') };
  appendFileSync(store, batch.map(({ record }) => `${record.fields.n} ${record.id}\n`).join(''));
  await new Promise((resolve) => setTimeout(resolve, 2));
  return { status: 'delivered' };
};
const plugin = definePlugin({ kind: 'transport', type: 'store', create: () => ({ write }) });

const log = createLogger({
  sources: false,
  plugins: [spoolPlugin],
  destinations: [
    withPlugin(
      {
        type: 'store',
        queue: { maxRecords, overflow: 'spool' },
        spool: { dir, fsync },
        batch: { maxRecords: 20, maxDelayMs: 1 },
        retry: { minDelayMs: 5, maxDelayMs: 20 },
        breaker: { failures: 1000, cooldownMs: 1 },
      },
      plugin,
    ),
  ],
});
log.on('failure', ({ error }) => error.code !== undefined && say({ failure: error.code }));
for (let n = from; n < from + count; n++) log.info('order placed', { n });

say({ logged: count });
// A record is 250 bytes: so many are in memory at most, and the rest is on the disk.
const watch = setInterval(() => {
  const [{ accepted, delivered, queued, queuedBytes }] = log.health();
  if (queuedBytes < 80 * 250) say({ safe: from + count - 1 - 100, accepted, delivered, queued });
}, 20);

if (end === 'exit') process.exit(7);
if (end === 'throw') throw new Error('nobody catches this');
if (end === 'close') void log.close({ timeoutMs: 10_000 }).then(() => clearInterval(watch));
