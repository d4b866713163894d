import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `logs/demo-2026-11-21-080000` under the current directory, with a number behind it when that is taken. */
export function freshLogDir(now = new Date()): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const name = join('logs', `demo-${stamp}`);
  let candidate = name;
  for (let number = 2; existsSync(candidate); number += 1) candidate = `${name}-${number}`;
  return candidate;
}
