import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { endWithin, spawnGroup } from './time-limit.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const require = createRequire(import.meta.url);

/** Longer than the longest check takes on a slow machine: a hang is told from it by nothing else. */
const LIMIT_MINUTES = 15;

/**
 * Runs a program to its end; resolves with the exit code and everything it printed. One that does not end in time is
 * ended, with `code: 'late'`, and the output begins with what it waited for.
 *
 * @param reports - see {@link reportsOnSignal}
 */
export async function run(command, args, { limitMinutes = LIMIT_MINUTES, reports, ...options } = {}) {
  const child = spawnGroup(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const chunks = [];
  const stdout = [];
  child.stdout.on('data', (chunk) => {
    chunks.push(chunk);
    stdout.push(chunk);
  });
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const end = await endWithin(child, limitMinutes * 60_000, reports);
  return { ...end, output: end.seen + Buffer.concat(chunks).toString(), stdout: Buffer.concat(stdout).toString() };
}

/** The same, but a bad exit code is an error that shows the output. */
export async function mustRun(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) throw new Error(`${args.join(' ')}\nended with ${result.code}\n${result.output}`);
  return result;
}

/** Command line of a tool from the root's node_modules, without npx and its shell: the same on every platform. */
export function tool(packageName, args, binName = packageName) {
  const manifest = manifestOf(packageName);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return [process.execPath, [join(dirname(manifest), typeof bin === 'string' ? bin : bin[binName]), ...args]];
}

// Not require.resolve(`${name}/package.json`): some tools do not export theirs.
function manifestOf(packageName) {
  for (const folder of require.resolve.paths(packageName)) {
    const manifest = join(folder, packageName, 'package.json');
    try {
      readFileSync(manifest);
      return manifest;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`${packageName} is not installed; run npm ci`);
}

/** npm through Node itself, because npm is a .cmd on Windows, which spawn does not start without a shell. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  return cli ? [process.execPath, [cli, ...args]] : ['npm', args];
}
