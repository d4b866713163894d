import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { tested } from './packages.mjs';
import { run, tool } from './run.mjs';

const resultsOf = ({ folder }) => join(folder, '.jest-results.json');

/**
 * Jest of every package and example, by Nx, under the Node that comes first in PATH. Nx hashes `node -v` with the
 * inputs, so each version has its own cached results; the counts come from the results file, which Nx restores too.
 */
export async function runUnitTests(env = process.env) {
  for (const one of tested) rmSync(resultsOf(one), { force: true });
  // One package at a time: many tests measure deadlines, and a second jest beside them would make them lie.
  const options = [`--projects=${tested.map(({ name }) => name).join()}`, '--parallel=1', '--outputStyle=static'];
  // Built once, before, by whatever Node runs this: the other versions are to test that very build.
  const { code, output } = await run(
    ...tool('nx', ['run-many', '-t', 'test', '--excludeTaskDependencies', ...options]),
    { env },
  );
  return { code, output, suites: tested.map(countsOf) };
}

function countsOf(one) {
  const file = resultsOf(one);
  if (!existsSync(file)) return { name: one.name, passed: 0, failed: 1, problem: 'left no results' };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  // A suite that does not even load has no tests to count, yet it is a failure.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const problem = results.numTotalTests === 0 ? 'has no tests' : undefined;
  return { name: one.name, passed: results.numPassedTests, failed: problem ? Math.max(failed, 1) : failed, problem };
}
