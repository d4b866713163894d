// The packages as strangers get them: packed, installed together into empty projects, and used from there.
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { packages } from '../ci/packages.mjs';
import { mustRun, root, tool } from '../ci/run.mjs';
import { install, weigh } from './install.mjs';
import { faultsIn, pack } from './pack.mjs';

const consumers = fileURLToPath(new URL('consumers', import.meta.url));

// Outside of the repository, or its node_modules would be found from the projects.
const workshop = once(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mxl-packaging-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
});
const packed = once(async () => pack(await workshop()));
const tarballOf = async (name) => (await packed())[name].tarball;
const everything = once(async () => {
  const project = join(await workshop(), 'everything');
  await install(
    project,
    Object.values(await packed()).map(({ tarball }) => tarball),
  );
  await cp(consumers, project, { recursive: true });
  return project;
});

function once(make) {
  let made;
  return () => (made ??= make());
}

const contents = packages.map(({ name }) => ({
  name: `tarball contents: ${name}`,
  async run() {
    const faults = faultsIn((await packed())[name].paths);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  },
}));

const onTarball = (title, command) =>
  packages.map(({ name }) => ({
    name: `${title}: ${name}`,
    run: async () => void (await mustRun(...command(await tarballOf(name)))),
  }));

/** The two programs print a record on the console and write one to a file: both must arrive. */
const program = (title, folder, main) => ({
  name: `tarballs: ${title}`,
  async run() {
    const cwd = join(await everything(), folder);
    const { stdout } = await mustRun(process.execPath, [main], { cwd });
    expectRecord(stdout, `hello console from ${folder}`);
    const logs = join(cwd, 'logs');
    const files = await readdir(logs);
    const texts = await Promise.all(files.map((file) => readFile(join(logs, file), 'utf8')));
    expectRecord(texts.join(''), `hello file from ${folder}`);
  },
});

function expectRecord(text, message) {
  const lines = text.split('\n').filter((line) => line.includes(`"message":"${message}"`));
  if (lines.length !== 1) throw new Error(`expected one record '${message}', found ${lines.length} in:\n${text}`);
  JSON.parse(lines[0]);
}

const jestProject = {
  name: 'tarballs: a Jest project without flags',
  run: async () =>
    void (await mustRun(...tool('jest', ['--rootDir', join(await everything(), 'jest')]), { cwd: await everything() })),
};

const typescript = (moduleResolution, module) => ({
  name: `tarballs: TypeScript with moduleResolution ${moduleResolution}`,
  async run() {
    const folder = join(await everything(), 'typescript');
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2022', strict: true, exactOptionalPropertyTypes: true, noEmit: true },
      // Our declarations are what is on trial here, so libraries are checked too.
      skipLibCheck: false,
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
    };
    const config = join(folder, `tsconfig.${moduleResolution}.json`);
    await writeFile(config, JSON.stringify({ compilerOptions, files: ['module.mts', 'commonjs.cts', 'neutral.ts'] }));
    await mustRun(...tool('typescript', ['-p', config], 'tsc'));
  },
});

/** What was measured (packages count ours too), with room for growing code but not for one more dependency. */
const budget = (title, names, limit) => ({
  name: `install budget: ${title}`,
  async run() {
    const project = join(await workshop(), `budget-${names.length}`);
    await install(project, await Promise.all(names.map(tarballOf)));
    const { count, megabytes } = await weigh(project);
    const note = `${count} packages, ${megabytes.toFixed(1)} MB (at most ${limit.count}, ${limit.megabytes} MB)`;
    if (count > limit.count || megabytes > limit.megabytes) throw new Error(note);
    return { note };
  },
});

export const packagingChecks = [
  ...contents,
  ...onTarball('publint', (file) => tool('publint', ['run', '--strict', file])),
  // node10 knows no `exports`, so it cannot see `./testing`; TypeScript 6 itself calls that resolution deprecated.
  ...onTarball('attw', (file) => tool('@arethetypeswrong/cli', ['--profile', 'node16', file], 'attw')),
  program('an ESM project', 'esm', 'main.mjs'),
  program('a CommonJS project', 'commonjs', 'main.cjs'),
  jestProject,
  typescript('node16', 'node16'),
  typescript('nodenext', 'nodenext'),
  typescript('bundler', 'esnext'),
  budget('core alone', ['@metaexpert/logger-core'], { count: 35, megabytes: 4.6 }),
  budget('core and files', ['@metaexpert/logger-core', '@metaexpert/logger-transports-file'], {
    count: 43,
    megabytes: 10.2,
  }),
];
