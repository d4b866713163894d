// Runs the bot and holds the files it left against the ledger it kept: `node verify.mjs [candles.csv]`.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyLog } from '@metaexpert/logger-compliance';

const bot = fileURLToPath(new URL('dist/main.js', import.meta.url));
const severe = ['error', 'critical'];
const problems = [];
const secrets = { EXCHANGE_API_KEY: randomBytes(32).toString('hex'), EXCHANGE_SECRET: randomBytes(32).toString('hex') };

const [candles] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'trading-bot-'));
const ledger = runBot();
if (ledger !== undefined) {
  check(ledger);
  await checkEvidence(ledger);
}

if (problems.length === 0) {
  rmSync(folder, { recursive: true, force: true });
} else {
  for (const problem of problems) console.error(`verify: ${problem}`);
  console.error(`verify: the files are in ${folder}`);
  process.exitCode = 1;
}

function runBot() {
  const ledgerFile = join(folder, 'ledger.json');
  const args = ['--json', '--log-dir', join(folder, 'logs'), '--ledger', ledgerFile];
  if (candles !== undefined) args.push('--candles', resolve(candles));
  // Neither a setting of this shell nor a configuration file of this folder may change what is verified.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('METAEXPERT_')));
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [bot, ...args], {
    cwd: folder,
    env: { ...env, ...secrets },
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 2 ** 28,
  });
  if (status === 0) return JSON.parse(readFileSync(ledgerFile, 'utf8'));
  problems.push(`the bot ended with ${signal ?? status}:\n${stderr}${stdout}`);
  return undefined;
}

function check({ total, trade, errorOrWorse, byLevel, destinations, files }) {
  const main = recordsOf('main', files.main, total);
  const trades = recordsOf('trades', files.trades, trade);
  const errors = recordsOf('errors', files.errors, errorOrWorse);
  // What a destination says about itself has no sequence number.
  const uplink = readRecords('uplink', files.uplink).filter(({ seq }) => seq !== undefined);
  expect('uplink: records', uplink.length, total - byLevel.debug);

  const broken = main.findIndex(({ seq }, index) => seq !== index + 1);
  if (broken >= 0) expect(`main: seq in line ${broken + 1}`, main[broken].seq, broken + 1);
  for (const [level, count] of Object.entries(byLevel)) {
    expect(`main: records at ${level}`, main.filter((record) => record.level === level).length, count);
  }
  sameRecords('trades', trades, main, ({ category }) => category === 'trade');
  sameRecords('errors', errors, main, ({ level }) => severe.includes(level));
  sameRecords('uplink', uplink, main, ({ level }) => level !== 'debug');

  for (const { name, accepted, delivered, dropped, pending } of destinations) {
    expect(`${name}: delivered, dropped and pending together`, delivered + dropped + pending, accepted);
    expect(`${name}: dropped or pending`, dropped + pending, 0);
  }
  if (problems.length > 0) return;
  console.log(`main    ${main.length} records, seq ${main[0].seq} to ${main.at(-1).seq} without a gap`);
  console.log(`trades  ${trades.length} records, each trade of main and nothing else`);
  console.log(`errors  ${errors.length} records, each error of main and nothing else`);
  console.log(`uplink  ${uplink.length} records, each once and in order, though it was down half-way`);
}

/** The orders are sealed and typed, no secret is anywhere, and what is handed over verifies without us. */
async function checkEvidence({ files, publicKey, trade }) {
  const sealed = await verifyLog(files.orders, { trustedKeys: [publicKey] });
  if (!sealed.ok) problems.push(`orders: ${sealed.problem.code} in line ${sealed.problem.line}`);
  const report = JSON.parse(readFileSync(join(files.evidence, 'report.json'), 'utf8'));
  expect('orders: records in the report', report.logs[0].records, trade);
  expect('orders: that break their schema', report.violations.total, 0);
  expect('orders: that were never followed to their end', report.orders.byStatus.open, 0);
  for (const name of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const text = readFileSync(join(name.parentPath, name.name), 'latin1');
    for (const [which, secret] of Object.entries(secrets)) {
      if (text.includes(secret)) problems.push(`${name.name}: ${which} is in it`);
    }
    if (/signature=[0-9a-f]{8}/.test(text)) problems.push(`${name.name}: a signature is in it`);
  }
  if (!readFileSync(files.main, 'utf8').includes('signature='))
    problems.push('main: no signed request was ever logged');
  const without = verifyWithoutUs(files.evidence, publicKey);
  if (problems.length > 0) return;
  console.log(`orders  ${sealed.lines} lines sealed, ${report.orders.total} orders, no secret in any file`);
  console.log(`        the evidence verifies with ${without.join(' and ') || 'ours (no openssl, no go here)'}`);
}

/** With the programs of the bundle, as far as this machine can run them. */
function verifyWithoutUs(bundle, publicKey) {
  const trusted = join(folder, 'trusted.pem');
  writeFileSync(trusted, publicKey);
  const programs = [
    ['openssl', ['version'], 'sh', ['verify.sh', trusted]],
    ['go', ['version'], 'go', ['run', 'verify.go', trusted]],
  ];
  return programs.flatMap(([needed, ask, command, args]) => {
    if (spawnSync(needed, ask).status !== 0 || (command === 'sh' && !existsSync('/bin/sh'))) return [];
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: bundle, encoding: 'utf8', timeout: 120_000 });
    if (status === 0 && stdout.endsWith('VERIFIED\n')) return [needed];
    problems.push(`evidence: ${needed} ended with ${status}: ${stdout}${stderr}`);
    return [];
  });
}

function recordsOf(name, path, expected) {
  const records = readRecords(name, path);
  expect(`${name}: records`, records.length, expected);
  return records;
}

function readRecords(name, path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
    return [];
  }
  if (text !== '' && !text.endsWith('\n')) problems.push(`${name}: the last line is torn`);
  const records = [];
  if (text === '') return records;
  for (const [index, line] of text.replace(/\n$/, '').split('\n').entries()) {
    try {
      records.push(JSON.parse(line));
    } catch {
      problems.push(`${name}: line ${index + 1} is not JSON: ${line.slice(0, 100)}`);
    }
  }
  return records;
}

/** The file has just those records of main, in the order of main, and as they are there. */
function sameRecords(name, records, main, belongs) {
  const expected = main.filter(belongs);
  const at = expected.findIndex((record, index) => JSON.stringify(record) !== JSON.stringify(records[index]));
  if (at >= 0) problems.push(`${name}: line ${at + 1} is ${brief(records[at])}; main has ${brief(expected[at])}`);
  else expect(`${name}: records, by main`, records.length, expected.length);
}

function brief(record) {
  return record === undefined ? 'missing' : `seq ${record.seq} '${record.message}' (${record.level})`;
}

function expect(what, given, wanted) {
  if (given !== wanted) problems.push(`${what}: ${given}, expected ${wanted}`);
}
