import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { killMarked, leftBehind, MARK } from './leftovers.mjs';
import { releaseKilledThreads } from './tracer.mjs';

const program = fileURLToPath(new URL('../child.mjs', import.meta.url));
const running = new Set();

process.on('exit', () => {
  for (const kill of running) kill();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/**
 * Starts the child program in a process group of its own and kills that group at the deadline.
 * `ended` resolves with how it ended: `{ code, signal, at, killed, left, reports, stderr }`, where `left` counts
 * processes that the child started and that were still there a second after it.
 */
export function launch({ payload, wrap = [], nodeArgs = [], stdout = 'ignore', env, deadlineMs = 15_000 }) {
  const mark = randomUUID();
  const [command, ...args] = [...wrap, process.execPath, ...nodeArgs, program, JSON.stringify(payload)];
  const child = spawn(command, args, {
    stdio: ['ignore', stdout, 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...env, [MARK]: mark, NODE_NO_WARNINGS: '1' },
  });

  let exited = false;
  const stopWatching = command === 'strace' ? releaseKilledThreads(child.pid) : () => undefined;
  const kill = () => killGroup(child.pid);
  running.add(kill);
  const reports = listen(child.stdio[3]);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (stderr.length < 100_000) stderr += text;
  });

  let killed = false;
  const deadline = setTimeout(() => {
    killed = true;
    kill();
  }, deadlineMs);

  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', async (code, signal) => {
      exited = true;
      const at = Date.now();
      clearTimeout(deadline);
      stopWatching();
      const left = await leftBehind(mark);
      killMarked(mark);
      running.delete(kill);
      await reports.closed;
      resolve({ code, signal, at, killed, left, stderr, reports: reports.all });
    });
  });

  return {
    pid: child.pid,
    stdout: child.stdout,
    reports: reports.all,
    ended,
    first: (kind) => Promise.race([reports.first(kind), ended.then(() => undefined)]),
    signal: (name) => !exited && child.kill(name),
    kill: () => !exited && kill(),
  };
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function listen(stream) {
  const all = [];
  const waiting = [];
  const lines = createInterface({ input: stream });
  lines.on('line', (line) => {
    const report = JSON.parse(line);
    all.push(report);
    for (const { kind, resolve } of waiting) if (kind === report.kind) resolve(report);
  });
  return {
    all,
    closed: new Promise((resolve) => lines.on('close', resolve)),
    first: (kind) => {
      const report = all.find((candidate) => candidate.kind === kind);
      return report ? Promise.resolve(report) : new Promise((resolve) => waiting.push({ kind, resolve }));
    },
  };
}
