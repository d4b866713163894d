import { fork } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('../startup-child.mjs', import.meta.url));

/** Starts a fresh process that logs its first record; adds the wall time of the whole process as seen from outside. */
export async function runStartup(scratch, { mode }) {
  const folder = mkdtempSync(join(scratch, 'start-'));
  const directory = join(folder, 'logs');
  const stdoutFile = join(folder, 'stdout.txt');
  mkdirSync(directory);
  const stdout = openSync(stdoutFile, 'w');
  const start = performance.now();
  const process = fork(child, [mode, directory, stdoutFile], { stdio: ['ignore', stdout, 'pipe', 'ipc'] });
  closeSync(stdout);
  try {
    return await new Promise((resolve) => {
      let result;
      let complaint = '';
      const limit = setTimeout(() => process.kill('SIGKILL'), 30_000);
      process.stderr.on('data', (chunk) => (complaint += chunk));
      process.on('message', (message) => (result = message));
      process.on('close', (code, signal) => {
        clearTimeout(limit);
        const processMs = performance.now() - start;
        if (result?.complete && code === 0) resolve({ ...result, processMs });
        else resolve({ ...result, failed: `ended with ${code ?? signal}\n${complaint.trim()}`.trim() });
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
