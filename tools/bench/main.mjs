// npm run bench: these packages and their peers side by side. See README.md.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interleave } from './harness/interleave.mjs';
import { runJob } from './harness/run-job.mjs';
import { runStartup } from './harness/run-startup.mjs';
import { readSettings } from './harness/settings.mjs';
import { summarise } from './harness/summary.mjs';
import { planFor } from './plan.mjs';
import { failureText, resultText } from './report/text.mjs';
import { floorRows } from './report/floors.mjs';
import { targetRows } from './report/targets.mjs';

const resultsFile = fileURLToPath(new URL('results/latest.json', import.meta.url));

const { help, json, ...settings } = readSettings(process.argv.slice(2));
if (help) console.log(help);
else await bench();

async function bench() {
  const scratch = mkdtempSync(join(tmpdir(), 'logger-bench-'));
  process.once('SIGINT', () => process.exit(130));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const results = {};
  for (const measure of planFor(settings)) {
    if (!process.stderr.isTTY) console.error(`measuring ${measure.name}`);
    const modes = await interleave(measure, (mode, round) => perform(scratch, measure, mode, round));
    results[measure.name] = Object.fromEntries(
      Object.entries(modes).map(([mode, rounds]) => [mode, summarise(rounds)]),
    );
  }
  progress('');
  const report = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: cpus().length,
    settings: { ...settings, only: settings.only?.source },
    targets: targetRows(results),
    floors: floorRows(results),
    results,
  };
  console.log(resultText(report));
  const failures = failureText(results);
  if (failures) console.error(failures);
  for (const file of [resultsFile, ...(json ? [json] : [])]) write(file, report);
  process.exitCode = oursWentWrong(results) ? 1 : 0;
}

function perform(scratch, { name, run, rounds, job }, mode, round) {
  progress(`${name} ${round + 1}/${rounds}: ${mode}`);
  return run === 'startup' ? runStartup(scratch, { mode }) : runJob(scratch, { ...job, run, mode });
}

/** Slow or not, none of our own runs may crash or lose a record. */
function oursWentWrong(results) {
  return Object.values(results)
    .flatMap((measure) => Object.entries(measure))
    .filter(([mode]) => mode.startsWith('ours') || mode.startsWith('core') || mode.startsWith('setupLogger'))
    .some(([, { failed, faults }]) => failed.length > 0 || Object.values(faults).some((count) => count > 0));
}

/** On a terminal one line that is written over; in a log file it would be hundreds. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
}

function write(file, report) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
}
