import { missingOf } from './requirements.mjs';
import { createStage } from './stage.mjs';

/** Runs one row for one subject. Resolves with `{ verdict, cell, counts, faults }` and never rejects. */
export async function perform({ scenario, params }, subject) {
  const missing = missingOf(scenario.needs ?? []);
  if (missing) return { verdict: 'skipped', cell: `needs ${missing}`, counts: {}, faults: [] };
  const stage = createStage({ scenario, params, subject });
  try {
    const result = await scenario.run(stage);
    return { verdict: verdictOf(subject, scenario, result.faults), ...result };
  } catch (error) {
    const faults = [`the harness itself failed: ${error.stack}`];
    return { verdict: verdictOf(subject, scenario, faults), cell: 'no result', counts: {}, faults };
  } finally {
    await stage.clean();
  }
}

/** Peers are measured, not judged. A row marked `later` belongs to a later piece of work: it counts, but does not fail. */
function verdictOf(subject, scenario, faults) {
  if (subject !== 'ours') return '-';
  if (faults.length === 0) return 'pass';
  return scenario.later ? 'later' : 'FAIL';
}
