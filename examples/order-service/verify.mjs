// Runs the service, asks it much at once, ends it under way, and holds its files against the answers: `node verify.mjs`.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { readLog } from '@metaexpert/logger-transports-file';

const REQUESTS = 400;
const apiKey = randomBytes(24).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'order-service-'));
const problems = [];

const { answers, receipt, exit } = await runService();
await check();
if (problems.length === 0) {
  rmSync(folder, { recursive: true, force: true });
} else {
  for (const problem of problems) console.error(`verify: ${problem}`);
  console.error(`verify: the files are in ${folder}`);
  process.exitCode = 1;
}

async function runService() {
  const main = fileURLToPath(new URL('dist/main.js', import.meta.url));
  // Neither a setting of this shell nor a configuration file of this folder may change what is verified.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('METAEXPERT_')));
  const service = spawn(process.execPath, [main, folder], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: service.stdout })[Symbol.asyncIterator]();
  const port = /^listening on (\d+)$/.exec((await lines.next()).value)[1];
  const ask = async (id, method, path, body) => {
    const headers = { 'x-request-id': id, 'x-api-key': apiKey };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body });
    return { id, status: response.status, body: await response.text() };
  };
  await ask('debug-on', 'PUT', '/debug');
  const asked = Array.from({ length: REQUESTS }, (_, at) => ask(`r${at}`, ...requestOf(at)));
  const all = await Promise.all(asked);
  const health = await ask('health', 'GET', '/health');
  expect('destinations in /health', JSON.parse(health.body).length, 3);
  const last = ask('last', 'POST', '/orders', JSON.stringify({ symbol: 'BTCUSDT', quantity: '1' }));
  // Under way: its request has come, its answer has not.
  await ask('before-the-end', 'GET', '/health');
  service.kill('SIGTERM');
  const [code, signal] = await once(service, 'close');
  return {
    answers: [...all, await last, health],
    receipt: JSON.parse((await lines.next()).value),
    exit: signal ?? code,
  };
}

/** Orders that are taken, refused, and no JSON at all; questions for orders that are there, and that are not. */
function requestOf(at) {
  if (at % 10 === 3) return ['POST', '/orders', JSON.stringify({ symbol: 'ETHBTC', quantity: '-1' })];
  if (at % 10 === 6) return ['POST', '/orders', 'no JSON'];
  if (at % 10 === 9) return ['GET', '/orders/none'];
  return ['POST', '/orders', JSON.stringify({ symbol: 'BTCUSDT', quantity: '0.015' })];
}

async function check() {
  expect('exit code', exit, 0);
  for (const { name, accepted, delivered } of receipt.destinations) expect(`${name}: delivered`, delivered, accepted);
  const main = [];
  for await (const record of readLog(join(folder, 'service.jsonl'))) main.push(record);
  if (readdirSync(folder).filter((name) => name.startsWith('service')).length < 2) problems.push('nothing has rotated');
  main.forEach(({ seq }, at) => expect(`main: seq of record ${at + 1}`, seq, at + 1));
  expect('main: records of another region', main.filter(({ region }) => region !== 'eu-1').length, 0);

  const byRequest = groupByRequest(main);
  for (const { id, status } of answers) {
    const records = byRequest.get(id) ?? [];
    const ends = records.filter(({ message }) => message === 'request answered');
    expect(`${id}: records of its answer`, ends.map((record) => record.status).join(), String(status));
    expect(`${id}: trades`, records.filter(({ category }) => category === 'trade').length, status === 201 ? 1 : 0);
    expect(
      `${id}: errors with their stack`,
      records.filter(({ error }) => error?.stack).length,
      status === 500 ? 1 : 0,
    );
  }
  const failed = answers.filter(({ status }) => status === 500).length;
  const errors = lines('errors.jsonl').map((line) => JSON.parse(line));
  expect('errors: records', errors.length, 2 * failed);
  expect('as before: lines', lines('as-before.log').length, main.length);
  for (const name of readdirSync(folder)) {
    if (readFileSync(join(folder, name), 'utf8').includes(apiKey)) problems.push(`${name}: the API key is in it`);
  }
  if (problems.length > 0) return;
  console.log(`main    ${main.length} records of ${answers.length} requests, in sequence, each with its request's id`);
  console.log(`errors  ${errors.length} records, two for each of ${failed} requests that broke; no key in any file`);
}

function groupByRequest(records) {
  const groups = new Map();
  for (const record of records) groups.set(record.requestId, [...(groups.get(record.requestId) ?? []), record]);
  return groups;
}

function lines(name) {
  return readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
}

function expect(what, given, wanted) {
  if (given !== wanted) problems.push(`${what}: ${given}, expected ${wanted}`);
}
