// Puts measured numbers into README.md: node tools/docs/fill-tables.mjs --bench FILE --faults FILE, either or both.
// The files are what `npm run bench -- --json FILE` and `npm run faults -- --peers --json FILE` leave.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { mustRun, root, tool } from '../ci/run.mjs';

/** Rows of the faults harness, and what they are called among people. */
const FAULTS = {
  'sibling-never-calls-back/log.add': 'another destination never calls back, 100,000 records',
  'sibling-throws/plugin/throws-once': 'another destination throws once, 100,000',
  'disk-full': 'disk full for a while, 25,000',
  'process-exit/later': '`process.exit()` after 1,000',
  'crash/exception': 'uncaught exception after 1,000, its own record included',
  'signal-in-a-burst/SIGTERM': 'SIGTERM in a burst of 5,000',
  'exit-matrix/emptied/5000/never': 'nothing left to do after 5,000, another destination hangs',
  'hostile-values/own-getter': 'a field whose getter throws',
};

const SUBJECTS = {
  ours: 'here',
  winston: 'winston',
  'winston-drf': 'winston + daily-rotate-file',
  pino: 'pino (worker)',
};

const MODES = ['ours', 'pino worker', 'pino sync', 'pino-roll', 'winston + daily-rotate-file', 'winston File'];
const OTHERS = ['LogTape', 'log4js'];

const { values } = parseArgs({ options: { bench: { type: 'string' }, faults: { type: 'string' } } });
const file = join(root, 'README.md');
let readme = readFileSync(file, 'utf8');
if (values.faults) fill('faults-table', faultsTable(JSON.parse(readFileSync(values.faults, 'utf8'))));
if (values.bench) {
  const report = JSON.parse(readFileSync(values.bench, 'utf8'));
  fill('bench-table', benchTable(report));
  fill('targets-not-reached', missedTargets(report));
}
writeFileSync(file, readme);
await mustRun(...tool('prettier', ['--write', file]));

function fill(name, text) {
  const place = new RegExp(`(?<=<!-- ${name} -->\n)[^]*?(?=\n<!-- /${name} -->)`);
  if (!place.test(readme)) throw new Error(`README.md has no <!-- ${name} --> … <!-- /${name} -->`);
  readme = readme.replace(place, () => `\n${text}\n`);
}

function faultsTable({ node, platform, rows }) {
  const shown = Object.entries(FAULTS).flatMap(([name, title]) => {
    const row = rows.find((candidate) => candidate.name === name);
    return row ? [[title, ...Object.keys(SUBJECTS).map((subject) => cellOf(row.results[subject]))]] : [];
  });
  const verdicts = rows.map(({ results }) => results.ours?.verdict);
  const count = (verdict) => verdicts.filter((one) => one === verdict).length;
  return [
    table(['', ...Object.values(SUBJECTS)], shown),
    '',
    `${rows.length} rows in all; here ${count('pass')} passed, ${count('FAIL')} failed, ${count('later')} belong to later work, ` +
      `${count('skipped')} were skipped. \`npm run faults -- --peers\`, ${cpus().length} cores, Node ${node.slice(1)}, ${platform}.`,
  ].join('\n');
}

function cellOf(result) {
  return result === undefined ? '–' : result.cell.replaceAll('|', '\\|').replace(/ \(Error: (.*?)\)/, ' ($1)');
}

function benchTable({ node, platform, cpus, settings, results }) {
  const { throughput, latency } = results;
  const rows = [...MODES, ...OTHERS].map((mode) => {
    const { onDiskPerSecond, mainCpuUs, faults } = throughput[mode];
    const lost = faults.lost + faults.torn + faults.duplicated > 0 ? ` (${faults.lost} lost, ${faults.torn} torn)` : '';
    const { p99Us, p999Us } = latency[mode] ?? {};
    const rate = `${Math.round(onDiskPerSecond).toLocaleString('en-US')}${lost}`;
    return [mode === 'ours' ? 'here' : mode, rate, number(mainCpuUs), number(p99Us), number(p999Us)];
  });
  const command = `npm run bench${settings.quick ? ` -- --quick --rounds ${settings.rounds}` : ''}`;
  return [
    table(['', 'records/s on disk', 'main thread, µs a record', 'p99 of a call, µs', 'p99.9'], rows),
    '',
    `Median of ${settings.rounds} ${settings.rounds === 1 ? 'round, which proves nothing' : 'rounds'}. \`${command}\`, ${cpus} cores, Node ${node.slice(1)}, ${platform}.`,
  ].join('\n');
}

function missedTargets({ targets }) {
  const missed = targets.filter(({ designVerdict }) => designVerdict !== 'met');
  const rows = missed.map(({ name, against, measured, design }) => [name, against, measured, design]);
  const reached = targets.length - missed.length;
  return [
    `Of the ${targets.length} performance targets that were set, ${reached} are reached; these are not, as measured in the run above:`,
    '',
    table(['target', 'against', 'measured', 'wanted'], rows),
  ].join('\n');
}

function number(value) {
  return Number.isFinite(value) ? value.toFixed(1) : '–';
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
