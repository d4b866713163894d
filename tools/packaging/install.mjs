import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun, npm } from '../ci/run.mjs';

/** Makes an empty project and installs the tarballs into it, all in one command, as they depend on each other. */
export async function install(project, tarballs) {
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "name": "stranger", "private": true }\n');
  // What `npm ci` of this repository has just fetched is in the cache; the registry is asked for the rest only.
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await mustRun(...npm(['install', ...options, ...tarballs]), { cwd: project });
}

/** How many packages an installed project has, and how big they are. */
export async function weigh(project) {
  const modules = join(project, 'node_modules');
  const lock = JSON.parse(await readFile(join(modules, '.package-lock.json'), 'utf8'));
  const entries = await readdir(modules, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return { count: Object.keys(lock.packages).length, megabytes: sizes.reduce((sum, size) => sum + size, 0) / 1e6 };
}
