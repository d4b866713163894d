import { writeFileSync } from 'node:fs';
import { pause } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, tally } from '../harness/tally.mjs';
import { COUNT, logToRemote } from '../remote/log-to-remote.mjs';
import { BadNames, CutNetwork, NAME } from '../remote/network.mjs';
import { openReceiver, receivable } from '../remote/receiver.mjs';

const UNWELL_MS = 3000;
const MINUTE_MS = 60_000;
const FAULTS = ['dns-fails', 'dns-hangs', 'cut', 'vanished'];

export const scenario = {
  name: 'remote-network',
  complaint: 'winston#1423',
  expected:
    'all 300 arrive once the network is back, under one id each; healthy 300; file calls go on while names hang',
  subjects: ['ours'],
  variants: receivable.flatMap((transport) => FAULTS.map((fault) => ({ transport, fault }))),
  longVariants: ['http', 'syslog', 'relp', 'nats'].map((transport) => ({
    transport,
    fault: 'vanished',
    ms: MINUTE_MS,
  })),
  needs: ['root', 'linux', 'ip', 'openssl', 'servers'],
  deadlineMs: 180_000,

  child: logToRemote,

  async run(stage) {
    const { transport, fault, ms = UNWELL_MS } = stage.params;
    const names = fault.startsWith('dns');
    const trouble = names ? await BadNames.start(stage.directory, { hangs: fault === 'dns-hangs' }) : new CutNetwork();
    stage.onClean(() => trouble.remove());
    const address = names ? '127.0.0.1' : trouble.address;
    const receiver = await openReceiver(stage, transport, { address });
    const params = receiver.params(names ? NAME : address);
    // With its own name more than libuv's pool has threads.
    const hung = fault === 'dns-hangs' ? 4 : 0;
    const child = stage.launch({ wrap: trouble.wrap, params: { ...params, timeoutMs: 1000, inHalves: true, hung } });
    await child.first('logged');
    if (!names) {
      await pause(300);
      trouble.cut({ silently: fault === 'vanished' });
    }
    writeFileSync(stage.path('go'), '');
    await pause(ms);
    trouble.mend();
    const there = async () => new Set((await receiver.arrived().catch(() => [])).map(({ n }) => n)).size === COUNT;
    for (const end = performance.now() + 60_000; performance.now() < end && !(await there());) await pause(100);
    writeFileSync(stage.path('seen'), '');
    const ended = await child.ended;

    const ids = new Map();
    const records = await receiver.arrived();
    for (const { n, id } of records) ids.set(n, (ids.get(n) ?? new Set()).add(id));
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const remote = healthOf({ reports: ended.reports.filter(({ kind }) => kind === 'seen') }, 'remote') ?? {};
    const slowest = ended.reports.find(({ kind }) => kind === 'calls')?.slowestMs ?? 0;
    const cell = `${ids.size} there, ${remote.delivered} delivered, ${remote.droppedInAll} dropped, ${records.length - ids.size} twice`;
    return judge([cell, mishap(ended)], countsOf(healthy), [
      whole('healthy', healthy),
      balanced(ended),
      [ids.size === COUNT, `${ids.size} of ${COUNT} are at the server`],
      [remote.delivered === COUNT, `${remote.delivered} of ${COUNT} count as delivered: ${remote.lastError}`],
      [[...ids.values()].every((one) => one.size === 1), 'a record came under several ids'],
      [slowest < 500, `a file call took ${Math.round(slowest)} ms`],
      endedAlone(ended),
    ]);
  },
};
