import { readdirSync, statSync, truncateSync } from 'node:fs';
import { burst } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { balanced, endedAlone, endedWith, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const [BEFORE, AFTER] = [2000, 6000];
const BIG_BYTES = 4 * 1024 ** 3;
const LIMIT_MS = 5;

export const scenario = {
  name: 'big-file',
  complaint: 'winston-daily-rotate-file compresses and closes what it rotates in the process that logs',
  expected: `a file of 4 GiB is put aside while it is compressed: no log call takes more than ${LIMIT_MS} ms, no record is lost`,
  subjects: ['ours'],
  deadlineMs: 60_000,

  async child({ open, report, path }) {
    const file = { kind: 'file', name: 'file', path: path('logs', 'app.log'), maxSize: '1g', compress: 'gzip' };
    const log = open([file]);
    await logSteadily(log, 1, BEFORE);
    await log.flush(5000);
    report('small');
    const felt = await logSteadily(log, BEFORE + 1, AFTER);
    report('logged', felt);
    await log.close(100);
    report('closed', { health: log.health() });
    process.exit(0);
  },

  async run(stage) {
    const child = stage.launch();
    await child.first('small');
    // Sparse: its size is what counts.
    const head = tally(stage.path('logs', 'app.log'), { to: BEFORE });
    truncateSync(stage.path('logs', 'app.log'), BIG_BYTES);
    const ended = await child.ended;
    const count = tally(stage.path('logs', 'app.log'), { from: BEFORE + 1, to: BEFORE + AFTER });
    const aside = readdirSync(stage.path('logs')).find((name) => /^app\.log\.\d+$/.test(name));
    const slowestMs = ended.reports.find(({ kind }) => kind === 'logged')?.slowestCallMs;
    const cell = [describe(count), `slowest call ${slowestMs?.toFixed(1)} ms`, mishap(ended)];
    return judge(cell, { ...countsOf(count), slowestMs }, [
      whole('before', head),
      [aside !== undefined && statSync(stage.path('logs', aside)).size >= BIG_BYTES, `put aside: ${aside}`],
      [count.duplicated + count.torn + count.disordered === 0, JSON.stringify(countsOf(count))],
      // Up to the moment that the size is looked at, records still go to the big file.
      [count.written > AFTER / 2 && isTail(count), `${describe(count)} in the new file`],
      [slowestMs <= LIMIT_MS, `a call took ${slowestMs} ms`],
      endedWith(ended, { code: 0, signal: null }),
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};

/** What is missing in the new file is what came first. */
const isTail = ({ missing }) => missing.every((n, index) => n === BEFORE + 1 + index);

/** 2,000 records a second; what the slowest call took. */
async function logSteadily(log, from, count) {
  const felt = { accepted: 0, threw: 0, slowestCallMs: 0 };
  for (let n = from; n < from + count; n += 20) {
    burst(log, 20, { from: n, felt });
    await pause(10);
  }
  return felt;
}
