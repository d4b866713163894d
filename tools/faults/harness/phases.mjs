import { writeFileSync } from 'node:fs';
import { balanced, endedAlone, endedWith, judge, mishap, whole } from './judge.mjs';
import { countsOf, describe, tally } from './tally.mjs';

/**
 * The harness's half of `logInPhases`: breaks and mends, one action after each phase but the last, then waits for the end.
 * Resolves with how the child ended.
 */
export async function betweenPhases(stage, child, actions) {
  for (const [index, action] of actions.entries()) {
    const phase = await child.first(`phase-${index + 1}`);
    if (phase === undefined) break; // it has ended too early, which the row's expectations show
    await action(phase);
    writeFileSync(stage.path(`after-${index + 1}`), '');
  }
  return child.ended;
}

/** All records once, whole, in order, in the file that was unwell and in the healthy one, and somebody was told. */
export function judgePhases(stage, { ended, files, count, facts = [], counts = {}, expectations = [], quiet = false }) {
  const unwell = tally(files, { to: count });
  const healthy = tally(stage.path('well', 'healthy.log'), { to: count });
  const last = ended.reports.at(-1);
  const cell = [describe(unwell), `healthy ${describe(healthy)}`, `${last?.failures} events`, ...facts, mishap(ended)];
  const all = { unwell: countsOf(unwell), healthy: countsOf(healthy), failures: last?.failures, ...counts };
  return judge(cell, all, [
    whole('unwell', unwell),
    whole('healthy', healthy),
    [quiet || last?.failures >= 1, 'no failure event'],
    ...expectations,
    endedWith(ended, { code: 0, signal: null }),
    balanced(ended),
    endedAlone(ended),
  ]);
}

/** Expectation: the file under test was known to be unwell at the end of a phase. */
export const wasFailed = (ended, phase) => {
  const report = ended.reports.find(({ kind }) => kind === `phase-${phase}`);
  const state = report?.health.find(({ name }) => name === 'unwell')?.state;
  return [state === 'failed', `it was ${state} while its disk was unwell`];
};
