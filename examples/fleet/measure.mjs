import { setTimeout as pause } from 'node:timers/promises';
import { costOf } from './fleet-process.mjs';

/** Runs the fleet for a while and prints what was carried, and what each part cost. */
export async function measure(fleet, { perSecond, seconds }) {
  await fleet.start({ perSecond, spool: false });
  const pidsOf = () => ({
    bots: fleet.bots.map(({ pid }) => pid),
    nats: [fleet.servers.nats.pid],
    consumers: fleet.consumers.map(({ pid }) => pid),
    clickhouse: [fleet.servers.clickhouse.pid],
  });
  const cost = () =>
    Object.entries(pidsOf()).map(([part, pids]) => {
      const each = pids.map(costOf);
      const sum = (key) => each.reduce((total, one) => total + one[key], 0);
      return { part, seconds: sum('seconds'), megabytes: sum('megabytes') };
    });
  await pause(3000);
  const [before, first] = [cost(), await fleet.stored()];
  const begin = performance.now();
  await pause(seconds * 1000);
  const [after, last] = [cost(), await fleet.stored()];
  const elapsed = (performance.now() - begin) / 1000;
  const carried = last.messages - first.messages;
  const drainBegin = performance.now();
  await fleet.stopBots();
  await fleet.drained();
  const behind = (performance.now() - drainBegin) / 1000;
  const { report, problems } = await fleet.check();
  console.log(
    `${Math.round(carried / elapsed)} records a second for ${Math.round(elapsed)} s into the queue; consumers ended ${behind.toFixed(1)} s behind`,
  );
  for (const [index, { part, megabytes, seconds: used }] of after.entries()) {
    const spent = used - before[index].seconds;
    console.log(
      `${part}: ${((1e6 * spent) / carried).toFixed(1)} us of processor time a record, ${Math.round(megabytes)} MB`,
    );
  }
  const bytes = await fleet.table.bytes();
  console.log(
    `on disk: ${Math.round(last.bytes / last.messages)} bytes a record in NATS, ${Math.round(bytes / report.rows)} in ClickHouse`,
  );
  console.log(`in ClickHouse: ${report.rows}; missing: ${report.missing}; twice: ${report.duplicates}`);
  return problems;
}
