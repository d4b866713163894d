import { pace } from '../harness/pace.mjs';

/** Peak memory of the process while it logs at a steady rate; the same loop without a logger is the baseline. */
export async function measureMemory({ log, build, job: { perSecond, seconds } }) {
  let peakBytes = 0;
  const sampler = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 100);
  const paced = await pace({ perSecond, seconds, act: (index) => log.info(build(index), index) });
  clearInterval(sampler);
  const health = log.health?.();
  await log.end();
  return { peakBytes, perSecond: paced.perSecond, health, logged: paced.count };
}
