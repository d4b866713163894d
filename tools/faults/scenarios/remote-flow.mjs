import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { burst } from '../child/produce.mjs';
import { atMost, pause } from '../child/wait.mjs';
import { balanced, endedAlone, judge, mishap } from '../harness/judge.mjs';
import { startServer } from '../../servers/start-server.mjs';
import { clickhouse } from '../../servers/catalogue/clickhouse.mjs';
import { rsyslog } from '../../servers/catalogue/rsyslog.mjs';

const PER_SECOND = 10_000;
const TICK_MS = 10;
const MAX_DELAY_MS = 10;

/** One process, to rsyslog over TLS and to ClickHouse at once, at an even pace. */
export const scenario = {
  name: 'remote-flow',
  complaint: 'winston#2465',
  expected:
    '10,000 records a second to both, all there in the end, the event loop late by 10 ms at most in 99 of 100 looks',
  subjects: ['ours'],
  variants: [{ seconds: 5 }],
  longVariants: [{ seconds: 60 }],
  needs: ['linux', 'openssl', 'servers'],
  deadlineMs: 180_000,

  async child({ params, open, report }) {
    const { seconds, destinations } = params;
    const log = open(destinations);
    const failures = [];
    log.onFailure(({ destination, error }) => failures.push(`${destination}: ${error.message}`));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    let n = 0;
    for (; n < seconds * PER_SECOND; await pause(TICK_MS)) {
      const due = Math.min(seconds * PER_SECOND, Math.floor(((performance.now() - start) / 1000) * PER_SECOND));
      burst(log, due - n, { from: n + 1 });
      n = due;
    }
    const took = performance.now() - start;
    delay.disable();
    await atMost(60_000, log.flush(60_000));
    const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) => ns / 1e6);
    report('flowed', {
      health: log.health(),
      p50,
      p99,
      max,
      took,
      cpu: process.cpuUsage(),
      failures: failures.slice(0, 3),
    });
    await log.close(2000);
  },

  async run(stage) {
    const { seconds } = stage.params;
    const count = seconds * PER_SECOND;
    const servers = { rsyslog: await startServer(rsyslog) };
    stage.onClean(() => servers.rsyslog.stop());
    servers.clickhouse = await startServer(clickhouse);
    stage.onClean(() => servers.clickhouse.stop());
    const { secure, tls, out } = servers.rsyslog.facts;
    const store = `http://127.0.0.1:${servers.clickhouse.facts.http}/`;
    const destinations = [
      { kind: 'syslog', name: 'rsyslog', url: `syslog+tls://localhost:${secure}`, tls: { ca: tls.ca } },
      { kind: 'clickhouse', name: 'clickhouse', url: store, createTable: true },
    ];
    const child = stage.launch({ params: { destinations } });
    const ended = await child.ended;
    const { p50, p99, max, took, cpu, failures } = ended.reports.find(({ kind }) => kind === 'flowed') ?? {};
    const lines = () => readFileSync(out).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
    for (const end = performance.now() + 20_000; lines() < count && performance.now() < end;) await pause(200);
    const answer = await fetch(store, { method: 'POST', body: 'SELECT uniqExact(id) FROM logs' });
    const inStore = Number(await answer.text());
    const each = cpu && ((cpu.user + cpu.system) / count).toFixed(1);
    const cell = `${Math.round((count / took) * 1000)}/s, late by ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)}, at most ${max?.toFixed(1)}, ${each} us of processor time a record`;
    return judge([cell, mishap(ended)], { p50, p99, max }, [
      [lines() === count, `${lines()} of ${count} are at rsyslog`],
      [inStore === count, `${inStore} of ${count} are in ClickHouse`],
      [took < seconds * 1000 * 1.02 + 100, `it took ${Math.round(took)} ms`],
      [p99 < MAX_DELAY_MS, `99 of 100 delays are under ${p99} ms`],
      [failures?.length === 0, failures?.join('; ')],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
