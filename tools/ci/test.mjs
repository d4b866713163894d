// npm test: everything that must hold before a change is merged. `--quick` leaves out the faults, the tarballs and the other Nodes.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';

import { boundaryChecks } from '../boundaries/check.mjs';
import { docsChecks } from '../docs/check.mjs';
import { packagingChecks } from '../packaging/check.mjs';
import { apiDocsCheck } from './api-docs.mjs';
import { faultsCheck } from './faults.mjs';
import { nodeVersionChecks } from './node-versions.mjs';
import { mustRun, root, run, tool } from './run.mjs';
import { runUnitTests } from './unit-tests.mjs';

const quick = process.argv.includes('--quick');
/** What examples/fleet ends with when a server is missing. */
const NOT_INSTALLED = 3;
const totals = { passed: 0, failed: 0 };

const nx = (target) => tool('nx', ['run-many', '-t', target, '--outputStyle=static']);

const before = [
  { name: 'build', run: () => mustRun(...nx('build')) },
  { name: 'typecheck', run: () => mustRun(...nx('typecheck')) },
  { name: 'lint: packages and examples', run: () => mustRun(...nx('lint')) },
  { name: 'lint: tools', run: () => mustRun(...tool('eslint', ['tools', '*.mjs', '*.cjs'])) },
  { name: 'format', run: () => mustRun(...tool('prettier', ['--check', '.'])) },
  ...boundaryChecks,
  { name: 'knip: nothing unused, nothing undeclared', run: () => mustRun(...tool('knip', [])) },
  apiDocsCheck,
];

const botChecks = [
  botCheck('its own series', []),
  // Real candles lie beside the checkout where the project is developed; elsewhere the series has to do.
  ...['btcusdt-1h.csv', 'ethbtc-5m.csv']
    .map((name) => join(root, '../shared/data', name))
    .filter((path) => existsSync(path))
    .map((path) => botCheck(basename(path), [path])),
];

const serviceCheck = {
  name: 'example: the files of the order service agree with its answers',
  run: () => mustRun(process.execPath, ['examples/order-service/verify.mjs']),
};

const fleetCheck = {
  name: 'example: the fleet has every record once, whatever is killed',
  async run() {
    const { code, output } = await run(process.execPath, ['examples/fleet/verify.mjs']);
    const demanded = process.env.CI ?? process.env.MXL_SERVERS === '1';
    if (code === NOT_INSTALLED && !demanded) return { skipped: output.trim() };
    if (code !== 0) throw new Error(output);
    return { note: output.trim().split('\n').slice(-2).join('; ') };
  },
};

function botCheck(candles, args) {
  const name = `example: the files of the trading bot agree with its ledger, over ${candles}`;
  return { name, run: () => mustRun(process.execPath, ['examples/trading-bot/verify.mjs', ...args]) };
}

/** A check resolves with `{ note }` or `{ skipped }`, both optional, and throws when it fails. */
async function perform({ name, run }) {
  const start = performance.now();
  const report = (mark, text) =>
    console.log(`${mark} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)${text}`);
  try {
    const { note, skipped } = (await run()) ?? {};
    if (skipped) return report('--  ', `: not applicable, ${skipped}`);
    totals.passed += 1;
    report('ok  ', note ? `: ${note}` : '');
  } catch (error) {
    totals.failed += 1;
    report('FAIL', `\n${indent(error.message)}`);
  }
}

async function performUnitTests() {
  const { code, output, suites } = await runUnitTests();
  for (const { name, passed, failed, problem, skipped } of suites) {
    totals.passed += passed;
    totals.failed += failed;
    console.log(
      `${failed ? 'FAIL' : 'ok  '} jest: ${name}: ${passed} passed, ${failed} failed${problem ? ` (${problem})` : ''}`,
    );
    for (const title of skipped) console.log(`--   jest: ${name}: ${title}`);
  }
  if (code === 0) return;
  console.log(indent(output));
  if (suites.every(({ failed }) => failed === 0)) totals.failed += 1;
}

const indent = (text) => text.trimEnd().replaceAll(/^/gm, '     ');

for (const check of before) await perform(check);
await performUnitTests();
for (const check of [...botChecks, serviceCheck, fleetCheck]) await perform(check);
for (const check of docsChecks) await perform(check);
if (!quick) {
  for (const check of [faultsCheck, ...packagingChecks, ...nodeVersionChecks]) await perform(check);
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
