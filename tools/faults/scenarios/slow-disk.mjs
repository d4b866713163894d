import { produce, ROOM_FOR_A_BURST } from '../child/produce.mjs';
import { atMost } from '../child/wait.mjs';
import { makeFifo, readSlowly } from '../harness/fifo.mjs';
import { balanced, endedAlone, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 200_000;
const MEBI = 1024 * 1024;
const CAPS = 2 * 16 * MEBI;

export const scenario = {
  name: 'slow-disk',
  complaint: 'a disk at 100 KB/s: healthy 1,528 of 200,000, memory growing',
  expected: 'healthy 200,000; what is kept in memory stays under the caps of the two queues',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  needs: ['mkfifo'],
  deadlineMs: 60_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'file', name: 'slow', path: path('slow') },
      { kind: 'file', name: 'healthy', path: path('healthy.log'), queue: ROOM_FOR_A_BURST },
    ]);
    log.onFailure(() => undefined);
    await produce(log, 1000);
    const before = keptBytes();
    let most = 0;
    for (let from = 1001; from <= COUNT; from += 10_000) {
      await produce(log, Math.min(10_000, COUNT - from + 1), { from });
      most = Math.max(most, keptBytes() - before);
    }
    report('produced', { keptBytes: most, peakRss: process.resourceUsage().maxRSS * 1024, health: log.health() });
    await atMost(4000, log.close(3000));
    report('closed', { health: log.health() });
    process.exit(0);
  },

  async run(stage) {
    const reader = readSlowly(makeFifo(stage.path('slow')), 100_000);
    stage.onClean(() => reader.close());
    const ended = await stage.launch({ nodeArgs: ['--expose-gc'] }).ended;
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const { keptBytes: kept, peakRss } = ended.reports.find(({ kind }) => kind === 'produced') ?? {};
    const megabytes = kept === undefined ? '?' : Math.round(kept / MEBI);
    const counts = { ...countsOf(healthy), keptBytes: kept, peakRss, throughTheSlowOne: reader.bytes() };
    return judge([`healthy ${describe(healthy)}`, `${megabytes} MiB kept`, mishap(ended)], counts, [
      whole('healthy', healthy),
      [kept <= CAPS, `${megabytes} MiB kept, the two queues may hold ${CAPS / MEBI}`],
      [reader.bytes() > 0, 'the slow one got nothing at all'],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};

/** Bytes that survive a garbage collection. */
function keptBytes() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
