import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { tested } from './packages.mjs';
import { run, tool } from './run.mjs';
import { reportsOnSignal } from './time-limit.mjs';

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
  const command = tool('nx', ['run-many', '-t', 'test', '--excludeTaskDependencies', ...options]);
  let { code, output, answers } = await runReporting(command, env);
  if (code === 'late' && !answers.some(isJest)) {
    // Its tests had run and it did not even answer a signal: Node 22 and later lock up now and then where a process ends
    // (nodejs/node#54918). Nx has kept the packages that were done. A handle that was left open is another matter.
    console.log(`--   a jest that hangs, and is run again:\n${output.replaceAll(/^/gm, '     ')}`);
    ({ code, output } = await runReporting(command, env));
  }
  const suites = tested.map(countsOf);
  // What a reader of a cut log needs comes first and alone: Jest's own account is some hundred lines of suites that passed.
  const named = suites.flatMap(({ problems }) => problems).join('\n\n');
  return { code, output: code === 'late' ? output : named || output, suites };
}

async function runReporting(command, env) {
  const reports = reportsOnSignal();
  try {
    const nodeOptions = `${env.NODE_OPTIONS ?? ''} ${reports.nodeOptions}`.trim();
    return await run(...command, { env: { ...env, NODE_OPTIONS: nodeOptions }, reports });
  } finally {
    reports.remove();
  }
}

const isJest = (answer) => /^process .*jest/.test(answer);

function countsOf(one) {
  const file = resultsOf(one);
  if (!existsSync(file))
    return { name: one.name, passed: 0, failed: 1, problem: 'left no results', skipped: [], problems: [] };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  // A suite that does not even load has no tests to count, yet it is a failure.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const problem = results.numTotalTests === 0 ? 'has no tests' : undefined;
  return {
    name: one.name,
    passed: results.numPassedTests,
    failed: problem ? Math.max(failed, 1) : failed,
    problem,
    skipped: skippedIn(results.testResults),
    problems: results.testResults.flatMap((suite) => problemsOf(one, suite)),
  };
}

/** The blocks whose titles say why they were skipped: a server that is missing, a right that one does not have. */
function skippedIn(suites) {
  const pending = suites.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending'),
  );
  const titles = pending.flatMap(({ ancestorTitles }) =>
    ancestorTitles.filter((title) => /\((skipped|needs)\b/.test(title)),
  );
  return [...new Set(titles)];
}

/** Per failed test its package, its title and the beginning of what it said. */
function problemsOf({ name }, { status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${name}: ${plain(message)}`] : [];
  return failed.map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${plain(failureMessages.join('\n'))}`);
}

const plain = (text) => stripVTControlCharacters(text).split('\n').slice(0, 25).join('\n');
