import { join } from 'node:path';

import { packages } from '../ci/packages.mjs';
import { mustRun, npm } from '../ci/run.mjs';

/** Packs every package into `folder`; resolves with package name to `{ tarball, paths }`, paths being what is inside. */
export async function pack(folder) {
  const workspaces = packages.map(({ name }) => `--workspace=${name}`);
  const { stdout } = await mustRun(...npm(['pack', '--json', '--pack-destination', folder, ...workspaces]));
  const packed = Object.values(JSON.parse(stdout));
  return Object.fromEntries(
    packed.map(({ name, filename, files }) => [
      name,
      { tarball: join(folder, filename), paths: files.map(({ path }) => path) },
    ]),
  );
}

/** Says what a package would publish that it should not, and what it lacks; empty when all is well. */
export function faultsIn(paths) {
  const stray = paths.filter((path) => /[.]test[.]|tsconfig|jest|typedoc|[.]tsbuildinfo$/.test(path));
  const needed = ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts'];
  const missing = needed.filter((path) => !paths.includes(path));
  return [...stray.map((path) => `has ${path}`), ...missing.map((path) => `lacks ${path}`)];
}
