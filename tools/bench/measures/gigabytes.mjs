import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFiles } from '../harness/log-files.mjs';
import { produce } from '../harness/produce.mjs';
import { settle } from '../harness/settle.mjs';

const WARMUP = 10_000;
/** A queue holds 10,000 records: half of them may wait when the next portion comes, so that none is dropped. */
const [PORTION, MOST_QUEUED] = [4000, 5000];

/** Many gigabytes through rotation and compression: how fast, in how much memory, and how late the loop came at worst. */
export async function measureGigabytes({ log, directory, build, job: { bytes } }) {
  await produce(log, build, { from: 0, count: WARMUP, yieldEvery: 1000 });
  const bytesPerRecord = (await settle(directory)) / WARMUP;
  const records = Math.ceil(bytes / bytesPerRecord);

  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const peaks = [0, 0]; // of the first and the second half
  let logged = 0;
  const sampler = setInterval(() => {
    const half = logged < records / 2 ? 0 : 1;
    peaks[half] = Math.max(peaks[half], process.memoryUsage.rss());
  }, 100);
  const start = performance.now();
  for (; logged < records; logged += PORTION) {
    await produce(log, build, { from: WARMUP + logged, count: Math.min(PORTION, records - logged), yieldEvery: 1000 });
    while (log.health()[0].queued > MOST_QUEUED) await sleep(1);
  }
  while (log.health()[0].queued > 0) await sleep(5);
  const writtenMs = performance.now() - start;
  while (logFiles(directory).filter((file) => !file.endsWith('.gz')).length > 1) await sleep(100);
  const archivedMs = performance.now() - start;
  clearInterval(sampler);
  delay.disable();
  const health = log.health();
  await log.end();
  return {
    perSecond: (records / writtenMs) * 1000,
    megabytesPerSecond: (records * bytesPerRecord) / writtenMs / 1000,
    archivedMegabytesPerSecond: (records * bytesPerRecord) / archivedMs / 1000,
    peakBytes: Math.max(...peaks),
    growthBytes: peaks[1] - peaks[0],
    longestLoopMs: delay.max / 1e6,
    health,
    logged: WARMUP + records,
  };
}
