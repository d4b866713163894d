import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeBesideOthers, writeInWorker } from '../child/write-beside-others.mjs';
import { balanced, endedAlone, endedWith, judge, mishap } from '../harness/judge.mjs';
import { storedFiles } from '../harness/stored-files.mjs';
import { readLogLines } from '../subjects/read-ours.mjs';

const PROCESSES = 8;
const WORKERS = 4;
const MAX_BYTES = 1024 ** 2;

export const scenario = {
  name: 'several-writers',
  complaint: 'daily-rotate-file#226',
  expected:
    'eight processes and four workers at once, each a file of its own or all one, rotation and compression on: all records once, in order, none torn',
  subjects: ['ours'],
  variants: [{ each: 5000 }, { each: 5000, path: 'one' }],
  longVariants: [{ each: 50_000 }, { each: 50_000, path: 'one' }],
  ciVariants: [{ each: 1500, path: 'one' }],
  ceilings: { megabytes: 512, loopMs: 2000 }, // one process has five loggers, in five threads
  deadlineMs: 300_000,

  async child({ params, open, report, path }) {
    const file = { path: path('logs', nameOf(params)), maxSize: MAX_BYTES, zippedArchive: true };
    const job = { file, count: params.each };
    // The first process has the workers.
    const workers = params.writer === 1 ? WORKERS : 0;
    const healths = await Promise.all([
      writeBesideOthers({ ...job, open, writer: `${params.writer}` }),
      ...Array.from({ length: workers }, (_, index) => writeInWorker({ ...job, writer: `${params.writer}/${index}` })),
    ]);
    report('closed', { health: healths.flat() });
  },

  async run(stage) {
    const children = Array.from({ length: PROCESSES }, (_, index) => stage.launch({ params: { writer: index + 1 } }));
    const ended = await Promise.all(children.map((child) => child.ended));
    const { torn, wrong, last } = await check(stage.path('logs'), nameOf(stage.params));
    const largest = largestOf(stage.path('logs'));
    const { each } = stage.params;
    const complete = [...last.values()].filter((n) => n === each).length;
    const cell = [
      `${complete} of ${PROCESSES + WORKERS} writers complete`,
      `${torn} torn`,
      `largest file ${Math.round((largest / MAX_BYTES) * 100)} % of maxSize`,
      ...ended.map((one) => mishap(one)),
    ];
    return judge(cell, { complete, torn, wrong, largest }, [
      [complete === PROCESSES + WORKERS, `last numbers: ${JSON.stringify([...last])}`],
      [torn === 0, `${torn} torn lines`],
      [wrong === 0, `${wrong} records are lost, doubled or out of order`],
      ...ended.flatMap((one) => [endedWith(one, { code: 0, signal: null }), balanced(one), endedAlone(one)]),
    ]);
  },
};

function nameOf({ path }) {
  return path === 'one' ? 'app.log' : 'app-%PID%.log';
}

/** Read by `readLog`, which merges by time, where each has its own; one path is read file by file, as it was written. */
async function check(folder, name) {
  const last = new Map();
  let [torn, wrong] = [0, 0];
  const records = name === 'app.log' ? storedRecords(folder) : readLogLines(join(folder, name));
  for await (const { record } of records) {
    if (record === undefined) {
      torn += 1;
      continue;
    }
    if (record.n !== (last.get(record.writer) ?? 0) + 1) wrong += 1;
    last.set(record.writer, record.n);
  }
  return { torn, wrong, last };
}

function* storedRecords(folder) {
  for (const file of storedFiles(folder)) {
    for (const line of plainOf(file).toString().split('\n')) if (line !== '') yield { record: parse(line) };
  }
}

const largestOf = (folder) => Math.max(...readdirSync(folder).map((name) => plainOf(join(folder, name)).length));

function plainOf(file) {
  const bytes = readFileSync(file);
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
