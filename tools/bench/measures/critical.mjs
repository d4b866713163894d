import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pace } from '../harness/pace.mjs';
import { makeCriticalRecord } from '../harness/record.mjs';
import { quantile } from '../harness/statistics.mjs';

const watcherFile = fileURLToPath(new URL('../disk-watcher.mjs', import.meta.url));

/**
 * From the call of the most severe level until the line can be read in the file, by another process, which polls every
 * millisecond. All processes of a machine share the clock behind `hrtime`.
 */
export async function measureCritical({ log, directory, build, job }) {
  const { perSecond, seconds, every, warmupSeconds } = job;
  const watcher = fork(watcherFile, [directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(watcher, 'message');

  const called = [];
  let next = 0;
  const act = () => {
    const index = next++;
    if (index % every !== 0) return log.info(build(index), index);
    const record = makeCriticalRecord(called.length);
    called.push(process.hrtime.bigint());
    log.critical(record);
  };
  const warmup = await pace({ perSecond, seconds: warmupSeconds, act });
  const skipped = called.length;
  const paced = await pace({ perSecond, seconds, act });
  // The last ones must be able to arrive by themselves: closing the logger would flush them.
  await new Promise((resolve) => setTimeout(resolve, 500));
  watcher.send('stop');
  const [seen] = await once(watcher, 'message');
  await log.end();

  const delaysMs = called.slice(skipped).map((at, index) => {
    const arrived = seen[index + skipped];
    return arrived === undefined ? Infinity : Number(BigInt(arrived) - at) / 1e6;
  });
  const sorted = Float64Array.from(delaysMs).toSorted();
  return {
    count: sorted.length,
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    p999Ms: quantile(sorted, 0.999),
    maxMs: quantile(sorted, 1),
    notInHalfASecond: delaysMs.filter((delay) => delay === Infinity).length,
    perSecond: paced.perSecond,
    logged: warmup.count + paced.count,
    unnumbered: every,
  };
}
