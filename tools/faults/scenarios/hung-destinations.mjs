import { lookup } from 'node:dns';
import { mkdirSync, readFile } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { produce } from '../child/produce.mjs';
import { atMost, pause } from '../child/wait.mjs';
import { makeFifo } from '../harness/fifo.mjs';
import { endedAlone, endedDespiteHungCall, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { tamper, WRITES } from '../harness/strace.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 1000;
// Each in a folder of its own: eight disks.
const HUNG = Array.from({ length: 8 }, (_, index) => `hung-${index}/app`);
const LIMIT_MS = 100;
const PATIENCE_MS = 1000;
const SHUTDOWN_TIMEOUT_MS = 1000;
const EXIT = { code: 5, signal: null };
const HANGS = { open: 'open,openat', write: WRITES };

export const scenario = {
  name: 'hung-destinations',
  complaint: "four hung file destinations: the application's own fs.readFile and dns.lookup never return",
  expected: `eight hung files: the application's own reads and look-ups under ${LIMIT_MS} ms, healthy all, exit in time, code kept where Node can`,
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ where: 'fifo' }, { where: 'open' }, { where: 'write' }],
  needs: ['mkfifo', 'strace'],
  ceilings: { descriptors: 100 }, // nine writer threads
  deadlineMs: 15_000,

  async child({ open, report, path }) {
    const files = ['healthy', ...HUNG].map((name) => ({ kind: 'file', name, path: path(`${name}.log`) }));
    const log = open(files, { shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS });
    log.onFailure(() => undefined);
    await produce(log, COUNT);
    await pause(500);
    const slowest = { readMs: 0, lookupMs: 0 };
    for (let round = 0; round < 20 && slowest.readMs + slowest.lookupMs < PATIENCE_MS; round += 1) {
      slowest.readMs = Math.max(slowest.readMs, await msOf((done) => readFile(fileURLToPath(import.meta.url), done)));
      slowest.lookupMs = Math.max(slowest.lookupMs, await msOf((done) => lookup('localhost', done)));
      await pause(20);
    }
    report('ending', { ...slowest, health: log.health() });
    process.exit(EXIT.code);
  },

  async run(stage) {
    const paths = HUNG.map((name) => stage.path(`${name}.log`));
    for (const path of paths) mkdirSync(dirname(path));
    if (stage.params.where === 'fifo') paths.forEach(makeFifo);
    const calls = HANGS[stage.params.where];
    const wrap = calls ? tamper({ paths, calls, injection: 'delay_enter=60s' }) : [];
    const ended = await stage.launch({ wrap }).ended;
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const { readMs, lookupMs } = ended.reports.find(({ kind }) => kind === 'ending') ?? {};
    const waited = (ms) => (ms === undefined ? '?' : ms >= PATIENCE_MS ? 'never' : `${ms} ms`);
    const cell = [`healthy ${describe(healthy)}`, `read ${waited(readMs)}`, `lookup ${waited(lookupMs)}`];
    const counts = { ...countsOf(healthy), readMs, lookupMs, exitMs: msFrom(ended, 'ending') };
    return judge([...cell, mishap(ended, EXIT)], counts, [
      whole('healthy', healthy),
      [readMs < LIMIT_MS, `the application's readFile took ${waited(readMs)}`],
      [lookupMs < LIMIT_MS, `the application's lookup took ${waited(lookupMs)}`],
      endedDespiteHungCall(ended, EXIT),
      endedWithin(ended, 'ending', SHUTDOWN_TIMEOUT_MS + 500),
      endedAlone(ended),
    ]);
  },
};

async function msOf(start) {
  const begin = performance.now();
  await atMost(PATIENCE_MS, new Promise((resolve) => start(resolve)));
  return Math.round(performance.now() - begin);
}
