import { fork } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modes } from '../modes/catalogue.mjs';
import { countLines } from './count-lines.mjs';
import { kindOf, secrets } from './record.mjs';

const child = fileURLToPath(new URL('../child.mjs', import.meta.url));
const graceMs = 90_000;

/** Runs one mode once in its own process and folder; resolves with what it measured and what is on disk, or `failed`. */
export async function runJob(scratch, job) {
  const folder = mkdtempSync(join(scratch, 'run-'));
  const directory = join(folder, 'logs');
  mkdirSync(directory);
  try {
    const result = await forked({ ...job, directory }, folder);
    if (!(result.logged > 0) || result.failed) return result;
    return { ...result, disk: audit(directory, job, result) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function forked(job, folder) {
  // Standard output is a file, as under a service manager: some modes write their records there.
  const stdout = openSync(join(folder, 'stdout.txt'), 'w');
  const process = fork(child, [JSON.stringify(job)], { stdio: ['ignore', stdout, 'pipe', 'ipc'] });
  closeSync(stdout);
  return new Promise((resolve) => {
    let result;
    let complaint = '';
    const limit = setTimeout(() => process.kill('SIGKILL'), graceMs + (job.seconds ?? 0) * 1000);
    process.stderr.on('data', (chunk) => (complaint += chunk));
    process.on('message', (message) => (result = message));
    process.on('close', (code, signal) => {
      clearTimeout(limit);
      if (result && code === 0) return resolve(result);
      const why = result ? 'measured, but the process did not end by itself' : `ended with ${code ?? signal}`;
      resolve({ ...result, failed: `${why}\n${complaint.trim()}`.trim() });
    });
  });
}

function audit(directory, job, { logged, unnumbered }) {
  const { holds = { '.': () => true }, secrets: masked } = modes[job.mode];
  const total = { files: 0, bytes: 0, lines: 0, lost: 0, duplicated: 0, torn: 0, foreign: 0, leaked: 0 };
  for (const [name, belongs] of Object.entries(holds)) {
    const found = countLines(join(directory, name), {
      count: logged,
      expected: (index) => !(index % unnumbered === 0) && belongs(kindOf(index)),
      forbidden: masked ? secrets : [],
    });
    for (const key of Object.keys(total)) total[key] += found[key];
  }
  return total;
}
