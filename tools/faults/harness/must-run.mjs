import { spawnSync } from 'node:child_process';

/** Runs one of the machine's own programs to its end. */
export function mustRun(command, ...args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr || error}`);
}
