import { burst } from './produce.mjs';
import { atMost, pause, untilFile } from './wait.mjs';

/** What a phase waits for before the harness hears of its end. */
const waits = {
  /** All that was logged is in the files. */
  flushed: ({ log }) => log.flush(10_000),
  /** The file under test is known to be unwell. */
  failed: async ({ log }) => {
    for (let look = 0; look < 500 && stateOf(log) !== 'failed'; look += 1) await pause(10);
  },
  nothing: () => undefined,
};

const stateOf = (log) => log.health().find(({ name }) => name === 'unwell')?.state;

/**
 * Logs numbered records, 5,000 a second, into the file under test and a healthy one, in phases `{ count, wait, then }`.
 * After each but the last it reports `phase-<number>` and goes on when the harness has put the file `after-<number>`
 * there; `then` is called at that moment.
 */
export async function logInPhases({ open, report, path }, { file, phases, besides = [] }) {
  const log = open([
    { kind: 'file', name: 'unwell', ...file },
    { kind: 'file', name: 'healthy', path: path('well', 'healthy.log') },
    ...besides,
  ]);
  let failures = 0;
  log.onFailure(() => (failures += 1));
  let slowestCallMs = 0;
  for (const [index, { count, wait = 'nothing', then }] of phases.entries()) {
    const from = 1 + phases.slice(0, index).reduce((sum, phase) => sum + phase.count, 0);
    slowestCallMs = Math.max(slowestCallMs, await logSteadily(log, from, count));
    await waits[wait]({ log });
    if (index === phases.length - 1) break;
    report(`phase-${index + 1}`, { failures, slowestCallMs, health: log.health() });
    await untilFile(path(`after-${index + 1}`));
    then?.();
  }
  await atMost(31_000, log.flush(30_000));
  await atMost(4000, log.close(3000));
  report('closed', { failures, slowestCallMs, health: log.health() });
  process.exit(0);
}

/** Resolves with what the slowest call took. */
async function logSteadily(log, from, count) {
  let slowestMs = 0;
  for (let n = from; n < from + count; n += 50) {
    const felt = burst(log, Math.min(50, from + count - n), { from: n });
    slowestMs = Math.max(slowestMs, felt.slowestCallMs);
    await pause(10);
  }
  return slowestMs;
}
