import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { root, run, tool } from '../ci/run.mjs';

// Inside of the repository, so that the packages are found as a user's would be; its name is the logger's default one.
const manifest = `${JSON.stringify({ name: 'my-bot', private: true, type: 'module' })}\n`;

const compilerOptions = {
  ...{ module: 'nodenext', target: 'es2022', strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true },
  ...{ moduleDetection: 'force', types: ['node'], noEmitOnError: false },
};

/** Gives every block a folder of its own in `workshop`, with the files that the document has shown before. */
export async function layProject(workshop, blocks) {
  await rm(workshop, { recursive: true, force: true });
  const laid = [];
  for (const block of blocks) {
    const folder = join(workshop, `${block.document.replaceAll(/[^a-z0-9]+/gi, '-')}-${block.line}`);
    const main = block.file ?? `main.${mainExtension(block)}`;
    const beside = laid.filter(({ document, file }) => document === block.document && file !== undefined);
    await put(folder, 'package.json', manifest);
    for (const { file, code } of beside) await put(folder, file, code);
    await put(folder, main, block.code);
    laid.push({ ...block, folder, main });
  }
  await put(workshop, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  return laid;
}

function mainExtension({ language, code }) {
  return language === 'js' && /\brequire\(/.test(code) ? 'cjs' : language;
}

async function put(folder, name, text) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** Type-checks all TypeScript and compiles it beside its sources. Resolves with the faults: `{ where, what }`. */
export async function compile(workshop, laid) {
  if (laid.every(({ language }) => language !== 'ts')) return [];
  if (!existsSync(join(root, 'packages/logger/dist/index.d.ts'))) throw new Error('nothing is built: npm run build');
  const { output } = await run(...tool('typescript', ['--project', workshop, '--pretty', 'false'], 'tsc'), {
    cwd: workshop,
  });
  return output
    .split('\n')
    .filter((line) => line.includes(' error TS'))
    .map((line) => {
      const [, path, row, what] = /^(.*?)\((\d+),\d+\): error (.*)$/.exec(line) ?? [undefined, '', '0', line];
      const block = laid.find(({ folder, main }) => join(workshop, path) === join(folder, main));
      return { where: block ? `${block.document}:${block.line + Number(row)}` : path, what };
    });
}
