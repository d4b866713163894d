import { setTimeout as pause } from 'node:timers/promises';

const CALM_MS = 1000;
const OUTAGE_MS = 2000;

/** Kills a bot, a consumer and both servers under load, restarts them, and says what is wrong with what has arrived. */
export async function drill(fleet, { perSecond }) {
  const step = async (what, action) => {
    console.log(what);
    await action();
    await pause(CALM_MS);
  };
  const { nats, clickhouse } = fleet.servers;
  await fleet.start({ perSecond });
  console.log(`${fleet.bots.length} bots, ${fleet.consumers.length} consumers, ${perSecond} records a second each`);
  await pause(CALM_MS);
  await step('a bot is killed, and started again', async () => {
    await fleet.bots[3].kill();
    await fleet.startBots(3);
  });
  for (const index of fleet.consumers.keys()) {
    await step('a consumer is killed, and started again', async () => {
      await fleet.consumers[index].kill();
      await fleet.startConsumer(index);
    });
  }
  await step('NATS is killed; so is a bot that has gone on meanwhile; both are started again', async () => {
    await nats.kill();
    await pause(OUTAGE_MS);
    await fleet.bots[7].kill();
    await fleet.startBots(7);
    await nats.restart();
  });
  await step('ClickHouse is killed, and started again', async () => {
    await clickhouse.kill();
    await pause(OUTAGE_MS);
    await clickhouse.restart();
  });
  await fleet.stopBots();
  await fleet.drained();
  const inserted = await fleet.table.inserted();
  const { report, known, problems } = await fleet.check();
  if (report.runs.length < fleet.starts) problems.push(`${report.runs.length} of ${fleet.starts} runs have left a row`);
  console.log(`accepted for certain: ${known}; in ClickHouse: ${report.rows}, of ${report.runs.length} runs`);
  console.log(
    `missing: ${report.missing}; twice: ${report.duplicates}; inserted twice and merged: ${inserted - report.rows}`,
  );
  return problems;
}
