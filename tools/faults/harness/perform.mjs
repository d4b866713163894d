import { missingOf } from './requirements.mjs';
import { createStage } from './stage.mjs';
import { overCeilings, worstVitals } from './vitals.mjs';

/** Runs one row for one subject. Resolves with `{ verdict, cell, counts, flaws, vitals, faults }` and never rejects. */
export async function perform({ scenario, params }, subject) {
  const missing = missingOf(scenario.needs ?? []);
  if (missing) return { verdict: 'skipped', cell: `needs ${missing}`, counts: {}, faults: [] };
  const stage = createStage({ scenario, params, subject });
  try {
    const result = await scenario.run(stage);
    const vitals = worstVitals(stage.reports());
    const faults = [...result.faults, ...(stage.isOurs ? overCeilings(vitals, scenario.ceilings) : [])];
    return { verdict: verdictOf(subject, scenario, faults), ...result, vitals, faults };
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
