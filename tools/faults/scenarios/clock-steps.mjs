import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { logInPhases } from '../child/log-in-phases.mjs';
import { betweenPhases, judgePhases } from '../harness/phases.mjs';
import { LIBFAKETIME } from '../harness/requirements.mjs';
import { readLog } from '../subjects/read-ours.mjs';

const PHASES = [
  { count: 3000, wait: 'flushed' },
  { count: 3000, wait: 'flushed' },
];
const [HOUR_MS, ZONE] = [3_600_000, 'Europe/Riga'];

/** Where the clock stands at the start, and where it is put between the two phases: undefined lets it run on. */
const steps = {
  'two-hours-forward': { at: '2026-11-21T10:30:00Z', stepMs: 2 * HOUR_MS },
  'two-hours-back': { at: '2026-11-21T10:30:00Z', stepMs: -2 * HOUR_MS },
  // 03:00 becomes 04:00, and 04:00 becomes 03:00 again; eight seconds are to go.
  'dst-begins': { at: '2026-03-29T00:59:52Z', stepMs: 10_000 },
  'dst-ends': { at: '2026-10-25T00:59:52Z', stepMs: 10_000 },
};

export const scenario = {
  name: 'clock-steps',
  complaint: 'winston-daily-rotate-file opens an older file again when the clock goes back',
  expected: 'files by the hour and by size, compressed: each record once, and in order by name and by readLog',
  subjects: ['ours'],
  variants: Object.keys(steps).map((step) => ({ step })),
  needs: ['linux', 'libfaketime'],
  deadlineMs: 40_000,

  async child(tools) {
    const file = {
      path: tools.path('logs', 'app-%DATE%.log'),
      datePattern: 'YYYY-MM-DD-HH',
      timeZone: ZONE,
      maxSize: '300k',
      compress: 'gzip',
    };
    await logInPhases(tools, { file, phases: PHASES });
  },

  async run(stage) {
    const { at, stepMs } = steps[stage.params.step];
    const clock = stage.path('clock');
    const offsetMs = Date.parse(at) - Date.now();
    set(clock, offsetMs);
    const env = {
      LD_PRELOAD: LIBFAKETIME,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_CACHE_DURATION: '1',
      DONT_FAKE_MONOTONIC: '1', // which no correction of a clock changes
      TZ: ZONE,
    };
    const ended = await betweenPhases(stage, stage.launch({ env }), [
      async () => {
        set(clock, offsetMs + stepMs);
        await new Promise((resolve) => setTimeout(resolve, 1500)); // it looks once a second
      },
    ]);
    const read = [];
    for await (const record of readLog(stage.path('logs', 'app-%DATE%.log'))) read.push(record);
    const inOrder = read.every(({ n }, index) => n === index + 1) && read.length === 6000;
    const [first, last] = [read.at(0), read.at(-1)].map((record) => Date.parse(record?.timestamp));
    const stepped = Math.abs(last - first - stepMs) < 20_000 && Math.abs(first - Date.parse(at)) < 20_000;
    const files = inNameOrder(stage.path('logs'));
    return judgePhases(stage, {
      ended,
      files,
      count: 6000,
      quiet: true,
      facts: [`${files.length} files`],
      counts: { files: files.map((file) => basename(file)) },
      expectations: [
        [stepped, `the clock did not step as it should: ${read.at(0)?.timestamp} to ${read.at(-1)?.timestamp}`],
        [inOrder, `readLog: ${read.length} records, ${inOrder ? '' : 'not '}in order`],
      ],
    });
  },
};

/** At once for whoever reads it. */
function set(clock, offsetMs) {
  writeFileSync(`${clock}.new`, `${offsetMs < 0 ? '-' : '+'}${(Math.abs(offsetMs) / 1000).toFixed(3)}\n`);
  renameSync(`${clock}.new`, clock);
}

/** `app-<date>.log.<number>` by date and number; the one without a number is the last of its date. */
function inNameOrder(folder) {
  const key = (name) => name.replace(/\.gz$/, '').replace(/\.log$/, '.log.~');
  const names = readdirSync(folder).filter((name) => name.startsWith('app-'));
  return names.sort((a, b) => (key(a) < key(b) ? -1 : 1)).map((name) => join(folder, name));
}
