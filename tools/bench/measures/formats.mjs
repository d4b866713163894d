import { mainThreadCpuUs } from '../harness/main-thread-cpu.mjs';
import { produce } from '../harness/produce.mjs';

/** Microseconds a record takes from the call to the text, through a whole logger into nothing. */
export async function measureFormats({ log, build, job: { records, warmup, yieldEvery } }) {
  await produce(log, build, { from: 0, count: warmup, yieldEvery });
  const cpu = mainThreadCpuUs();
  const start = performance.now();
  await produce(log, build, { from: warmup, count: records, yieldEvery });
  const us = ((performance.now() - start) * 1000) / records;
  const cpuUs = (mainThreadCpuUs() - cpu) / records;
  await log.end();
  return { us, cpuUs, logged: 0 };
}
