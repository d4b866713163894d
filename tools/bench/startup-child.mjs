// From the first `require` to the first record that can be read. Forked by harness/run-startup.mjs.
import { readFileSync } from 'node:fs';
import { setImmediate as yieldToLoop } from 'node:timers/promises';
import { logFiles } from './harness/log-files.mjs';
import { firstRecords } from './modes/first-records.mjs';

const [, , name, directory, stdoutFile] = process.argv;
const { start, stdout = false, lines = 1 } = firstRecords[name];

const linesIn = (file) => readFileSync(file, 'latin1').split('\n').length - 1;
const written = () => (stdout ? [stdoutFile] : logFiles(directory)).reduce((sum, file) => sum + linesIn(file), 0);

const startedAt = performance.now();
const end = start(directory);
const calledAt = performance.now();
while (written() < lines && performance.now() - startedAt < 20_000) await yieldToLoop();
const result = {
  calledMs: calledAt - startedAt,
  writtenMs: performance.now() - startedAt,
  complete: written() >= lines,
};
await end();
process.send(result, () => process.disconnect());
