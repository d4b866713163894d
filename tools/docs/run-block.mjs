import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { maskOutput } from './mask-output.mjs';

const DEADLINE_MS = 20_000;

/** Runs one program in its folder. Resolves with the faults: `{ where, what }`. */
export async function runBlock(block) {
  const { document, line, folder, outputs } = block;
  const where = `${document}:${line}`;
  const { code, signal, late, stdout, stderr } = await start(block);
  const streams = { stdout, stderr };
  const end = signal ?? code;
  const printed = indent(`${stdout}${stderr}`);
  if (late) return [{ where, what: `had not ended after ${DEADLINE_MS / 1000} s\n${printed}` }];
  if (block.throws === (end === 0)) return [{ where, what: `ended with ${end}\n${printed}` }];

  const faults = [];
  for (const output of outputs) {
    const text = streams[output.of] ?? (await readFile(join(folder, output.of), 'utf8').catch(({ code }) => code));
    const [got, expected] = [maskOutput(text, folder), maskOutput(output.expected)];
    if (got === expected) continue;
    const what = `${output.of} is not what is shown; it is\n${indent(text)}`;
    faults.push({ where: `${document}:${output.line}`, what });
  }
  return faults;
}

function start({ folder, main, env, args }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main.replace(/[.]ts$/, '.js'), ...args], {
      cwd: folder,
      env: { ...surroundings(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = { stdout: [], stderr: [] };
    let late = false;
    const timer = setTimeout(() => (late = child.kill('SIGKILL')), DEADLINE_MS);
    for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => chunks[name].push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const text = (name) => Buffer.concat(chunks[name]).toString();
      resolve({ code, signal, late, stdout: text('stdout'), stderr: text('stderr') });
    });
  });
}

/** The environment without what would change a logger. */
function surroundings() {
  const changes = /^(?:METAEXPERT_|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !changes.test(name)));
}

function indent(text) {
  return text.trimEnd().replaceAll(/^/gm, '    ');
}
