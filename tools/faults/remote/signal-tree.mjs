import { readFileSync } from 'node:fs';

/** Sends a signal to a process and all that it has started: some servers are a shell around the real one. */
export function signalTree(pid, signal) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  process.kill(pid, signal);
  for (const child of children) signalTree(Number(child), signal);
}
