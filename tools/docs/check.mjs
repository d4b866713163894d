// The code in the documents: it compiles, it runs, and it prints what they say it prints. `npm run docs:check [FILE…]`
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { root } from '../ci/run.mjs';
import { findDeadLinks } from './find-dead-links.mjs';
import { compile, layProject } from './lay-project.mjs';
import { readBlocks } from './read-blocks.mjs';
import { runBlock } from './run-block.mjs';

const AT_ONCE = 2;

const fixture = 'tools/docs/fixture/broken.md';

/** Lines of the fixture, and a word of what must be said about them; nothing else may be. */
const expected = {
  7: 'leads to',
  11: 'TS2304',
  16: 'ended with 1',
  20: 'ended with 0',
  24: 'is not JSON',
  34: 'stdout is not what is shown',
};

export const docsChecks = [
  {
    name: 'docs: what they show compiles, runs and prints what they say',
    async run() {
      const { faults, blocks, ran } = await check(documents());
      if (faults.length > 0) throw new Error(faults.join('\n'));
      return { note: `${blocks} blocks, ${ran} programs run` };
    },
  },
  {
    name: 'docs: the check bites on each kind of mistake',
    async run() {
      const { faults } = await check([fixture]);
      const missing = Object.entries(expected).filter(
        ([line, words]) => !faults.some((fault) => fault.startsWith(`${fixture}:${line}: `) && fault.includes(words)),
      );
      if (missing.length > 0 || faults.length !== Object.keys(expected).length) {
        throw new Error(`expected\n${JSON.stringify(expected, undefined, 2)}\nfound\n${faults.join('\n')}`);
      }
      return { note: `${faults.length} mistakes seen` };
    },
  },
];

/** Everything that people read, but for what is made from the code and the records of decisions. */
function documents() {
  const markdown = (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const guides = markdown('docs').filter((path) => !/^docs\/(?:api|adr)\//.test(path));
  const readmes = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`);
  return ['README.md', ...readmes, ...guides];
}

async function check(paths) {
  const texts = paths.map((path) => [readFileSync(join(root, path), 'utf8'), path]);
  const blocks = texts.flatMap(([text, path]) => readBlocks(text, path));
  const workshop = join(root, '.nx', paths.includes(fixture) ? 'docs-check-fixture' : 'docs-check');
  const laid = await layProject(workshop, blocks);
  const faults = texts.flatMap(([text, path]) => findDeadLinks(text, path));
  faults.push(...laid.flatMap(jsonFaults), ...(await compile(workshop, laid)));
  const programs = laid.filter(({ runs }) => runs);
  // One that does not compile may still run, but what it does then is nobody's business.
  const broken = new Set(faults.map(({ where }) => where));
  const left = programs.filter((block) => !linesOf(block).some((line) => broken.has(`${block.document}:${line}`)));
  const worker = async () => {
    for (let block = left.shift(); block !== undefined; block = left.shift()) faults.push(...(await runBlock(block)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { faults: faults.map(({ where, what }) => `${where}: ${what}`), blocks: blocks.length, ran: programs.length };
}

function linesOf({ line, code }) {
  return code.split('\n').map((_, index) => line + index);
}

function jsonFaults({ language, code, document, line }) {
  try {
    if (language === 'json') JSON.parse(code);
    return [];
  } catch (error) {
    return [{ where: `${document}:${line}`, what: `is not JSON: ${error.message}` }];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  const { faults, blocks, ran } = await check(given.length > 0 ? given : documents());
  for (const fault of faults) console.error(fault);
  console.log(`${blocks} blocks, ${ran} programs run, ${faults.length} mistakes`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
