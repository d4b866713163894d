import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const REPORT_MS = 3000;
const LINE_LENGTH = 200;
const posix = process.platform !== 'win32';

/** Node programs run with this tell on SIGUSR2 what they wait for: see {@link endWithin}. */
export function reportsOnSignal() {
  const folder = mkdtempSync(join(tmpdir(), 'reports-'));
  return {
    folder,
    nodeOptions: `--report-on-signal --report-exclude-network --report-directory=${folder}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const running = new Set();
process.once('exit', () => running.forEach((child) => signal(child, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => process.exit(1));

/** A program that leads a group: what it started can be ended with it. */
export function spawnGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: posix });
  running.add(child);
  return child;
}

/**
 * Waits for the end of a program and of its output. One that takes longer is ended with all that it started: it would hold
 * everything behind it, and say nothing. Resolves with its exit code or signal, or `late`, and with what there was to see
 * then: its threads, and what each Node program was at that answered.
 */
export async function endWithin(child, limitMs, reports) {
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, name) => resolve({ code: code ?? name, seen: '' }));
  });
  const timer = new AbortController();
  try {
    const late = wait(limitMs, undefined, { signal: timer.signal }).catch(() => closed);
    return (await Promise.race([closed, late])) ?? { code: 'late', ...(await endLate(child, limitMs, reports)) };
  } finally {
    timer.abort();
    running.delete(child);
  }
}

async function endLate(child, limitMs, reports) {
  const seen = [`did not end within ${limitMs / 60_000} minutes`, threadsOf(child.pid)];
  signal(child, 'SIGUSR2');
  await wait(REPORT_MS);
  const answers = reports ? readReports(reports.folder) : [];
  signal(child, 'SIGKILL');
  return { seen: `${[...seen, ...answers].join('\n')}\n`, answers };
}

function signal({ pid }, name) {
  try {
    process.kill(posix ? -pid : pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function threadsOf(group) {
  if (!posix) return '';
  const lines = execFileSync('ps', ['-eLo', 'pgid,pid,tid,ppid,stat,wchan:24,etime,args'], { encoding: 'utf8' }).split(
    '\n',
  );
  const own = lines.filter((line, index) => index === 0 || line.trim().startsWith(`${group} `));
  return own.map((line) => line.slice(0, LINE_LENGTH)).join('\n');
}

function readReports(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => {
    const { header, javascriptStack, libuv, workers } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const handles = libuv.filter(({ is_active, is_referenced }) => is_active && is_referenced);
    return [
      `process ${header.processId}, ${workers.length} workers: ${header.commandLine.join(' ')}`,
      ...(javascriptStack.stack ?? []).map((line) => `    ${line}`),
      ...handles.map((handle) => `    waits for ${JSON.stringify(handle)}`),
    ].join('\n');
  });
}
