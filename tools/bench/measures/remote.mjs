import { mainThreadCpuUs, processCpuUs } from '../harness/main-thread-cpu.mjs';
import { produce } from '../harness/produce.mjs';

const now = () => performance.timeOrigin + performance.now();

/** Records accepted until they are at the server, and what the main thread and the process spent on them. */
export async function measureRemote({ log, build, job: { warmup, records, yieldEvery } }) {
  if (log.missing) return { missing: log.missing, logged: 0 };
  const { receiver } = log;
  await produce(log, build, { from: 0, count: warmup, yieldEvery });
  await log.flush?.();
  await receiver.settled(warmup);

  const mainAtStart = mainThreadCpuUs();
  const processAtStart = processCpuUs();
  const start = now();
  await produce(log, build, { from: warmup, count: records, yieldEvery });
  const accepted = now();
  await log.end();
  const ended = now();
  // Without an answer a logger may end long before it has sent everything; reading a store is no logger's work.
  const counts = receiver.acknowledged ? undefined : await receiver.settled(warmup + records);
  const mainUs = mainThreadCpuUs() - mainAtStart;
  const processUs = processCpuUs() - processAtStart;
  const { distinct, duplicated, at = ended } = counts ?? (await receiver.settled());
  const health = log.health?.();
  await log.stop?.();
  await receiver.stop();

  const there = Math.max(0, distinct - warmup);
  const lost = warmup + records - distinct;
  return {
    acceptedPerSecond: (records / (accepted - start)) * 1000,
    deliveredPerSecond: (there / (at - start)) * 1000,
    arrivedShare: there / records,
    mainCpuUs: mainUs / records,
    processCpuUs: processUs / records,
    server: log.server,
    health,
    logged: 0,
    // A datagram that is lost is nobody's fault: the share says how many arrived.
    ...(!log.mayLose && { disk: { lost, duplicated } }),
  };
}
