import { ArrivalWatcher } from '../harness/arrival.mjs';
import { mainThreadCpuUs, processCpuUs } from '../harness/main-thread-cpu.mjs';
import { produce } from '../harness/produce.mjs';
import { settle } from '../harness/settle.mjs';

/** Records accepted until on disk, and what the main thread and the process spent on them. */
export async function measureThroughput({ log, directory, build, job: { warmup, records, yieldEvery } }) {
  const arrival = new ArrivalWatcher(directory);
  await arrival.ready();
  // Compiled code, open files and started threads are what a running service has, so they come first for everyone.
  await produce(log, build, { from: 0, count: warmup, yieldEvery: 1000 });
  await settle(directory);

  const mainAtStart = mainThreadCpuUs();
  const processAtStart = processCpuUs();
  const start = process.hrtime.bigint();
  await produce(log, build, { from: warmup, count: records, yieldEvery });
  const accepted = process.hrtime.bigint();
  arrival.start();
  const receipt = await log.end(); // ours says what it dropped and why; kept for the day a record is missing
  const ended = process.hrtime.bigint();
  const mainUs = mainThreadCpuUs() - mainAtStart;
  const processUs = processCpuUs() - processAtStart;

  const { arrivedAt, bytesAfterEnd } = await arrival.result();
  const perSecond = (end) => (records / Number(end - start)) * 1e9;
  return {
    acceptedPerSecond: perSecond(accepted),
    onDiskPerSecond: perSecond(arrivedAt),
    endedMs: Number(ended - start) / 1e6,
    bytesAfterEnd,
    mainCpuUs: mainUs / records,
    processCpuUs: processUs / records,
    receipt,
    health: log.health?.(),
    logged: warmup + records,
  };
}
