import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root, run } from './run.mjs';

/** How often a row that failed once must pass, without a failure, to be taken for one that the machine disturbed. */
const PROOFS = 3;

/** The disk's faults, each once: what a machine lacks is said by name, and in CI it is a failure. */
export const faultsCheck = {
  name: 'faults: records through every case of an unwell disk',
  async run() {
    const { code, output, rows } = await runRows([]);
    const failed = rows.filter(hasFailed);
    if (code !== 0 && failed.length === 0) throw new Error(output);
    for (const row of failed) await proveOrFail(row);
    const skipped = rows.filter(({ results }) => results.ours.verdict === 'skipped');
    const names = skipped.map(({ name, results }) => `${name} (${results.ours.cell})`);
    const disturbed = failed.map(({ name }) => `${name} failed once and then passed ${PROOFS} times`);
    if (process.env.CI && names.length > 0) throw new Error(`skipped: ${names.join(', ')}`);
    const count = `${rows.length - skipped.length} rows`;
    return { note: [count, ...disturbed, ...(names.length > 0 ? [`skipped: ${names.join(', ')}`] : [])].join('; ') };
  },
};

/** Real disks, signals and processes on a machine with others: a stall of some seconds fails a row, and is not hidden. */
async function proveOrFail(row) {
  const first = failureOf(row);
  if (!isComplete(row)) throw new Error(first);
  console.log(`--   ${first}`);
  for (let proof = 1; proof <= PROOFS; proof += 1) {
    const { code, output, rows } = await runRows(['--only', row.name]);
    if (code !== 0) throw new Error([first, ...rows.filter(hasFailed).map(failureOf), output].join('\n'));
  }
}

async function runRows(args) {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  const report = join(folder, 'rows.json');
  try {
    const end = await run(process.execPath, ['tools/faults/main.mjs', '--ci', '--json', report, ...args], {
      cwd: root,
    });
    return { ...end, rows: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).rows : [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const hasFailed = ({ results }) => results.ours.verdict === 'FAIL';

/** Nothing lost, nothing twice, nothing out of order: a stalled machine explains none of these. */
function isComplete({ results: { ours } }) {
  const [lost, twice, , disordered] = ours.flaws ?? [];
  return [lost, twice, disordered].every((count) => count === 0);
}

/** Stands before the table: a reader of a cut log sees the beginning of what a check says. */
const failureOf = ({ name, results: { ours } }) =>
  [`${name}: ${ours.cell}`, ...ours.faults.map((fault) => `  - ${fault}`)].join('\n');
