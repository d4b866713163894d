// Builds the package of the working directory into dist: its types by the compiler, its code by the bundler, one file an
// entry. Entries are what the package exports and the threads it starts; what several of them use lies in chunks that all
// share, so that a class is one class. docs/adr/0012 says why.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, isAbsolute } from 'node:path';

import { rolldown } from 'rolldown';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const exported = Object.values(exports).flatMap(({ default: path }) => path ?? []);
// Started by file name, from whatever chunk.
const threads = readdirSync('src', { recursive: true }).filter((path) => path.endsWith('-thread.ts'));
const input = Object.fromEntries([
  ...exported.map((path) => /^\.\/dist\/(.+)\.js$/.exec(path)[1]).map((name) => [name, `src/${name}.ts`]),
  ...threads.map((path) => [basename(path, '.ts'), `src/${path}`]),
]);

rmSync('dist', { recursive: true, force: true });
const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

const bundle = await rolldown({
  input,
  platform: 'node',
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
  transform: { target: 'es2022' },
});
await bundle.write({
  dir: 'dist',
  format: 'cjs',
  exports: 'named',
  esModule: true,
  sourcemap: true,
  // The sources are in the package.
  sourcemapExcludeSources: true,
  entryFileNames: '[name].js',
  chunkFileNames: 'shared-[name].js',
});
await bundle.close();
