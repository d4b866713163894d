import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { mustRun, root, tool } from './run.mjs';

/** Fails when docs/api is not what `npm run docs:api` would write now. */
export const apiDocsCheck = {
  name: 'docs/api is what the code says',
  async run() {
    const fresh = await mkdtemp(join(tmpdir(), 'mxl-api-docs-'));
    try {
      await mustRun(...tool('typedoc', ['--out', fresh]));
      const drift = difference(contents(join(root, 'docs/api')), contents(fresh));
      if (drift.length > 0) throw new Error(`run npm run docs:api and commit; these differ:\n${drift.join('\n')}`);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  },
};

function contents(folder) {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

function difference(committed, fresh) {
  const names = new Set([...committed.keys(), ...fresh.keys()]);
  return [...names].filter((name) => committed.get(name) !== fresh.get(name)).sort();
}
