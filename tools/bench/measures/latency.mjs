import { pace } from '../harness/pace.mjs';
import { latencySummary } from '../harness/statistics.mjs';

/** How long one call holds the caller at a steady rate. */
export async function measureLatency({ log, build, job: { perSecond, seconds, warmupSeconds } }) {
  const warmup = await pace({ perSecond, seconds: warmupSeconds, act: (index) => log.info(build(index), index) });
  const samples = new Float64Array(perSecond * seconds);
  const paced = await pace({
    perSecond,
    seconds,
    act: (index) => {
      const record = build(warmup.count + index);
      const start = performance.now();
      log.info(record, index);
      samples[index] = performance.now() - start;
    },
  });
  await log.end();
  return { ...latencySummary(samples), perSecond: paced.perSecond, logged: warmup.count + paced.count };
}
