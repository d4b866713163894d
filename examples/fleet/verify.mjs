// Twenty bots, three consumers, and everything killed once: `node verify.mjs`; what it costs: `node verify.mjs --measure`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drill } from './drill.mjs';
import { Fleet } from './fleet.mjs';
import { measure } from './measure.mjs';
import { clickhouse } from '../../tools/servers/catalogue/clickhouse.mjs';
import { nats } from '../../tools/servers/catalogue/nats.mjs';
import { hasBinary, startServer } from '../../tools/servers/start-server.mjs';

const { values } = parseArgs({
  options: {
    measure: { type: 'boolean', default: false },
    bots: { type: 'string', default: '20' },
    'bots-per-process': { type: 'string', default: '1' },
    'per-second': { type: 'string', default: '100' },
    seconds: { type: 'string', default: '30' },
  },
});
const missing = [nats, clickhouse].filter(({ binary }) => !hasBinary(binary)).map(({ name }) => name);
if (missing.length > 0) {
  console.error(`not installed: ${missing.join(', ')} (npm run servers -- install ${missing.join(' ')})`);
  process.exit(3);
}

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
const servers = { nats: await startServer(nats) };
let fleet;
try {
  servers.clickhouse = await startServer(clickhouse);
  fleet = new Fleet({ folder, servers, bots: Number(values.bots), botsPerProcess: Number(values['bots-per-process']) });
  const perSecond = Number(values['per-second']);
  const problems = values.measure
    ? await measure(fleet, { perSecond, seconds: Number(values.seconds) })
    : await drill(fleet, { perSecond });
  for (const problem of problems) console.error(`verify: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await fleet?.killAll();
  for (const server of Object.values(servers)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
