// npm run faults: breaks things under a logger and counts what became of the records. See README.md.
import { writeFileSync } from 'node:fs';
import { parseArguments } from './harness/arguments.mjs';
import { catalogue, remoteCatalogue } from './harness/catalogue.mjs';
import { perform } from './harness/perform.mjs';
import { selectRows } from './harness/rows.mjs';
import { renderFailures, renderSummary, renderTable } from './harness/table.mjs';

const peers = ['winston', 'winston-drf', 'pino'];
const options = parseArguments(process.argv.slice(2));

const subjects = [...(options.ours ? ['ours'] : []), ...(options.peers ? peers : [])];
const rows = selectRows(options.remote ? remoteCatalogue : catalogue, options);
if (rows.length === 0) {
  console.error(`no row matches ${options.only.join(', ')}`);
  process.exit(2);
}

for (const [index, row] of rows.entries()) {
  for (const subject of subjects.filter((name) => row.scenario.subjects.includes(name))) {
    const start = performance.now();
    const result = await perform(row, subject);
    row.results[subject] = result;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.error(
      `[${index + 1}/${rows.length}] ${row.name} · ${subject}: ${result.cell} · ${result.verdict} (${seconds} s)`,
    );
    if (options.verbose) for (const fault of result.faults) console.error(`      ${fault}`);
  }
}

console.log(renderTable(rows, subjects));
console.log(renderFailures(rows));
console.log(renderSummary(rows));

if (options.json) {
  const plain = rows.map(({ name, scenario, params, results }) => ({
    name,
    complaint: scenario.complaint,
    expected: scenario.expected,
    later: scenario.later ?? false,
    params,
    results,
  }));
  const report = { node: process.version, platform: process.platform, subjects, rows: plain };
  writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
}

// In CI everything is there that a row may need.
const bad = process.env.CI ? ['FAIL', 'skipped'] : ['FAIL'];
process.exitCode = rows.some(({ results }) => bad.includes(results.ours?.verdict)) ? 1 : 0;
