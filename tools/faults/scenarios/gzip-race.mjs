import { readdirSync } from 'node:fs';
import { produce } from '../child/produce.mjs';
import { atMost, pause } from '../child/wait.mjs';
import { balanced, endedAlone, judge, mishap } from '../harness/judge.mjs';
import { tamper, WRITES } from '../harness/strace.mjs';
import { oldestFirst } from '../harness/stored-files.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 20_000;

export const scenario = {
  name: 'gzip-race',
  complaint: 'daily-rotate-file#135',
  expected: '20,000 once each over archives and live file, at 0, 50 and 150 ms a write',
  subjects: ['ours', 'winston-drf'],
  variants: [{ delayMs: 0 }, { delayMs: 50 }, { delayMs: 150 }],
  needs: ['linux', 'strace'],
  deadlineMs: 60_000,

  async child({ open, report, path }) {
    const file = {
      kind: 'file',
      name: 'file',
      path: path('logs', 'app.log'),
      maxSize: '500k',
      maxFiles: 200,
      zippedArchive: true,
    };
    const log = open([file]);
    for (let from = 1; from <= COUNT; from += 5000) {
      await produce(log, 5000, { from });
      await log.flush(15_000);
    }
    await atMost(31_000, log.close(30_000));
    await pause(500);
    report('closed', { health: log.health() });
  },

  async run(stage) {
    const names = ['app.log', ...Array.from({ length: 20 }, (_, index) => `app.log.${nameOf(index + 1, stage)}`)];
    const paths = names
      .flatMap((name) => [name, `${name}.gz`, `${name}.gz.tmp`])
      .map((name) => stage.path('logs', name));
    const wrap = tamper({ paths, calls: WRITES, injection: `delay_enter=${stage.params.delayMs}ms` });
    const ended = await stage.launch({ wrap: stage.params.delayMs > 0 ? wrap : [] }).ended;
    const files = oldestFirst(readdirSync(stage.path('logs')).filter((name) => name.startsWith('app.log')));
    const count = tally(
      files.map((name) => stage.path('logs', name)),
      { to: COUNT },
    );
    const archives = files.filter((name) => name.endsWith('.gz')).length;
    const cell = [
      describe({ ...count, disordered: 0 }),
      `${archives} archives of ${files.length} files`,
      mishap(ended),
    ];
    return judge(cell, { ...countsOf(count), files: files.length, archives }, [
      [count.lost + count.duplicated + count.torn === 0, JSON.stringify(countsOf(count))],
      [archives >= 5, `only ${archives} archives: ${files.join(' ')}`],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};

/** Ours pads its numbers, so that names sort. */
const nameOf = (number, { isOurs }) => String(number).padStart(isOurs ? 6 : 1, '0');
