import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './run.mjs';

/** The published packages: `{ name, folder, manifest }`, folder being absolute. */
export const packages = workspacesIn('packages');

/** Everything whose jest must pass: each package, with or without tests so far, and the examples that have some. */
export const tested = [...packages, ...workspacesIn('examples').filter(({ manifest }) => manifest.scripts?.test)];

function workspacesIn(directory) {
  return readdirSync(join(root, directory))
    .map((name) => join(root, directory, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return { name: manifest.name, folder, manifest };
    });
}
