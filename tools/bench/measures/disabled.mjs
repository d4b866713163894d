import { median } from '../harness/statistics.mjs';

/** Nanoseconds of a call whose level is off, the loop around it included. */
export async function measureDisabled({ log, build, job: { calls, repeats } }) {
  const record = build(0);
  const samples = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const start = performance.now();
    for (let call = 0; call < calls; call += 1) log.debug(record);
    samples.push(((performance.now() - start) * 1e6) / calls);
  }
  await log.end();
  return { ns: median(samples), logged: 0 };
}
