import { layArchives, planArchives } from '../child/lay-archives.mjs';
import { endedAlone, judge, mishap } from '../harness/judge.mjs';
import { readLog } from '../subjects/read-ours.mjs';

/** In the middle of an archive, and over the end of another. */
const MINUTES = [2.003, 3.7];
const MINUTE_MS = 60_000;

export const scenario = {
  name: 'find-one-minute',
  complaint: 'grep over all archives',
  expected:
    'one minute of six hours in 100 archives, forward and backward: all its records, in under a tenth of a full scan',
  subjects: ['ours'],
  variants: [{ megabytes: 128 }],
  longVariants: [{ megabytes: 5120 }],
  ceilings: { megabytes: 512 },
  deadlineMs: 900_000,

  async child({ params, report, path }) {
    const logs = planArchives(params.megabytes);
    for (const hours of MINUTES) {
      const fromMs = logs.startMs + hours * 60 * MINUTE_MS;
      const toMs = fromMs + MINUTE_MS;
      const wanted = { first: logs.firstAt(fromMs), count: logs.firstAt(toMs) - logs.firstAt(fromMs) };
      for (const reverse of [false, true]) {
        report('sought', { ...(await read(path, { from: fromMs, to: toMs, reverse })), wanted, reverse });
      }
    }
    report('scanned', { ...(await read(path, {})), wanted: { first: 0, count: logs.records } });
  },

  async run(stage) {
    // Not in the program that reads: its memory is what counts.
    layArchives(stage.path('logs'), stage.params.megabytes);
    const ended = await stage.launch().ended;
    const scanned = ended.reports.find(({ kind }) => kind === 'scanned');
    const sought = ended.reports.filter(({ kind }) => kind === 'sought');
    const slowest = Math.max(...sought.map(({ ms }) => ms));
    const share = scanned ? slowest / scanned.ms : Infinity;
    const cell = [`slowest ${slowest.toFixed(0)} ms of ${scanned?.ms.toFixed(0)}`, `${(share * 100).toFixed(1)} %`];
    const peak = Math.max(...ended.reports.map(({ peakMegabytes }) => peakMegabytes));
    return judge([...cell, `${peak} MB at most`, mishap(ended)], { slowest, scannedMs: scanned?.ms, peak }, [
      [sought.length === 2 * MINUTES.length, `${sought.length} readings`],
      ...[...sought, scanned]
        .filter(Boolean)
        .map((one) => [
          one.count === one.wanted.count && one.least === one.wanted.first && one.inOrder,
          `not what was wanted: ${JSON.stringify(one)}`,
        ]),
      [share < 0.1, `a minute takes ${(share * 100).toFixed(1)} % of a full scan`],
      endedAlone(ended),
    ]);
  },
};

/** Reads and counts. The order is looked at, and every number in between has to come once. */
async function read(path, options) {
  const start = performance.now();
  let count = 0;
  let least = Infinity;
  let last;
  let inOrder = true;
  for await (const { n } of readLog(path('logs', 'app.log'), options)) {
    inOrder &&= last === undefined || n === last + (options.reverse ? -1 : 1);
    last = n;
    least = Math.min(least, n);
    count += 1;
  }
  const peakMegabytes = Math.round(process.memoryUsage().rss / 1e6);
  return { ms: performance.now() - start, count, least, inOrder, peakMegabytes };
}
