import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync, truncateSync, writeFileSync } from 'node:fs';
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
  expected: `a file of 4 GiB is put aside while it is compressed: no log call takes more than ${LIMIT_MS} ms longer than before, no record is lost`,
  subjects: ['ours'],
  deadlineMs: 60_000,

  async child({ open, report, path }) {
    const file = { kind: 'file', name: 'file', path: path('logs', 'app.log'), maxSize: '1g', compress: 'gzip' };
    const log = open([file]);
    const before = await logSteadily(log, 1, BEFORE);
    await log.flush(5000);
    report('small', before);
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
    truncateSync(stage.path('logs', 'app.log'), BIG_BYTES);
    const ended = await child.ended;
    const aside = readdirSync(stage.path('logs')).find((name) => /^app\.log\.\d+$/.test(name));
    // Up to the moment that the size is looked at, records still go to the big file: behind the hole.
    const [head, tail, live] = [stage.path('head'), stage.path('tail'), stage.path('logs', 'app.log')];
    if (aside !== undefined) {
      const [before] = readPart(stage.path('logs', aside), 0, 64 * 1024 ** 2)
        .toString('latin1')
        .split('\0', 1);
      writeFileSync(head, before);
      writeFileSync(tail, readPart(stage.path('logs', aside), BIG_BYTES));
    }
    const count = tally([head, tail, live], { to: BEFORE + AFTER });
    const inNew = tally(live, { to: BEFORE + AFTER });
    const [noiseMs, slowestMs] = ['small', 'logged'].map(
      (wanted) => ended.reports.find(({ kind }) => kind === wanted)?.slowestCallMs,
    );
    const cell = [
      describe(count),
      `slowest call ${slowestMs?.toFixed(1)} ms (before ${noiseMs?.toFixed(1)})`,
      mishap(ended),
    ];
    return judge(cell, { ...countsOf(count), slowestMs }, [
      [aside !== undefined && statSync(stage.path('logs', aside)).size >= BIG_BYTES, `put aside: ${aside}`],
      whole('files', count),
      [inNew.written > AFTER / 2, `${describe(inNew)} in the new file`],
      [slowestMs <= LIMIT_MS + noiseMs, `a call took ${slowestMs} ms, before it ${noiseMs} ms at most`],
      endedWith(ended, { code: 0, signal: null }),
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};

function readPart(path, start, maxBytes = Infinity) {
  const descriptor = openSync(path, 'r');
  const bytes = Buffer.alloc(Math.min(maxBytes, fstatSync(descriptor).size - start));
  readSync(descriptor, bytes, 0, bytes.length, start);
  closeSync(descriptor);
  return bytes;
}

/** 2,000 records a second; what the slowest call took. */
async function logSteadily(log, from, count) {
  const felt = { accepted: 0, threw: 0, slowestCallMs: 0 };
  for (let n = from; n < from + count; n += 20) {
    burst(log, 20, { from: n, felt });
    await pause(10);
  }
  return felt;
}
