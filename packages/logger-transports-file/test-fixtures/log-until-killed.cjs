// Logs numbered records, then stays alive. With `audit` it goes on for ever: bursts, and in between audit records
// whose numbers it prints once they are acknowledged.
const { writeSync } = require('node:fs');
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

const params = JSON.parse(process.argv[2]);
const log = createLogger({ sources: false, destinations: [file(params.file)] });
setInterval(() => undefined, 1000);

let n = params.from ?? 1;
const burst = (count) => {
  for (const end = n + count; n < end; n += 1) log.info('order placed', { n, note: 'crossed above on the close' });
};

async function auditForEver() {
  for (;;) {
    burst(1000);
    const mine = n++;
    await log.audit('withdrawal approved', { n: mine });
    writeSync(1, `${JSON.stringify({ acknowledged: mine })}\n`);
  }
}

if (params.audit) void auditForEver();
else burst(params.count);
