import { writeFileSync } from 'node:fs';
import { pause } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, tally } from '../harness/tally.mjs';
import { COUNT, logToRemote } from '../remote/log-to-remote.mjs';
import { proxyBefore, realServers } from '../remote/real-servers.mjs';
import { signalTree } from '../remote/signal-tree.mjs';
import { startServer } from '../../servers/start-server.mjs';

/** How long it goes on; the minute takes `--long`. */
const UNWELL_MS = 2000;
const MINUTE_MS = 60_000;

const FAULTS = ['refused', 'hangs', 'byte-a-second', 'reset-mid-body', 'response-lost', 'stopped'];

const rows = Object.keys(realServers).flatMap((transport) => FAULTS.map((fault) => ({ transport, fault })));

export const scenario = {
  name: 'remote-server',
  complaint: 'winston#2465',
  expected: 'a real server has all 300 once it is well, under one id each; healthy 300; at most two connections',
  subjects: ['ours'],
  variants: rows,
  longVariants: Object.keys(realServers).map((transport) => ({ transport, fault: 'stopped', ms: MINUTE_MS })),
  needs: ['openssl', 'servers'],
  deadlineMs: 150_000,

  child: logToRemote,

  async run(stage) {
    const { transport, fault, ms = UNWELL_MS } = stage.params;
    const { server: entry, destination, prepare, arrived, once = false } = realServers[transport];
    const server = await startServer(entry);
    stage.onClean(() => server.stop());
    const { facts } = server;
    await prepare?.(facts);
    const stopped = fault === 'stopped';
    const proxy = proxyBefore(realServers[transport], facts, stopped ? undefined : fault);
    stage.onClean(() => proxy.close());
    const params = destination(await proxy.listen(), facts);
    if (stopped) signalTree(server.pid, 'SIGSTOP');
    const child = stage.launch({ params: { ...params, timeoutMs: 1000 } });
    await child.first('logged');
    await pause(ms);
    if (stopped) signalTree(server.pid, 'SIGCONT');
    else await proxy.recover();
    const numbers = async () => (await arrived(facts)).filter(({ n }) => n !== undefined);
    // A server that has just been woken may not answer the first time.
    const allThere = async () => new Set((await numbers().catch(() => [])).map(({ n }) => n)).size === COUNT;
    for (const end = performance.now() + 40_000; performance.now() < end && !(await allThere());) await pause(100);
    writeFileSync(stage.path('seen'), '');
    const ended = await child.ended;
    const records = await numbers();

    const ids = new Map();
    for (const { n, id } of records) ids.set(n, (ids.get(n) ?? new Set()).add(id));
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const remote = healthOf({ reports: ended.reports.filter(({ kind }) => kind === 'seen') }, 'remote') ?? {};
    const failures = ended.reports.find(({ kind }) => kind === 'seen')?.failures ?? 0;
    const doubles = records.length - ids.size;
    const cell = `${ids.size} there, ${remote.delivered} delivered, ${remote.droppedInAll} dropped, ${doubles} twice`;
    return judge([cell, mishap(ended)], countsOf(healthy), [
      whole('healthy', healthy),
      balanced(ended),
      [ids.size === COUNT, `${ids.size} of ${COUNT} are at the server`],
      [remote.delivered === COUNT, `${remote.delivered} of ${COUNT} count as delivered: ${remote.lastError}`],
      [!once || doubles === 0, `${doubles} are there twice`],
      [[...ids.values()].every((one) => one.size === 1), 'a record came under several ids'],
      [failures > 0, 'no failure event'],
      [proxy.mostConnections <= 2, `${proxy.mostConnections} connections at once`],
      endedAlone(ended),
    ]);
  },
};
