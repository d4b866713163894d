import { existsSync, readFileSync } from 'node:fs';
import { logInPhases } from '../child/log-in-phases.mjs';
import { betweenPhases, judgePhases, wasFailed } from '../harness/phases.mjs';
import { storedFiles } from '../harness/stored-files.mjs';
import { watch, WRITES } from '../harness/strace.mjs';
import { mountSmallDisk } from '../harness/tmpfs.mjs';
import { tally } from '../harness/tally.mjs';

const PHASES = [{ count: 5000, wait: 'failed' }, { count: 2000 }];

export const scenario = {
  name: 'short-write',
  complaint: 'a write is cut short by the end of the disk, the rest of it gets ENOSPC',
  expected: 'whole lines only while the disk is full, nothing lost or twice once it is larger, healthy all',
  subjects: ['ours'],
  needs: ['linux', 'root', 'strace'],
  deadlineMs: 40_000,

  async child(tools) {
    await logInPhases(tools, { file: { path: tools.path('disk', 'app.log') }, phases: PHASES });
  },

  async run(stage) {
    const [disk, live, trace] = [
      mountSmallDisk(stage.path('disk'), '256k'),
      stage.path('disk', 'app.log'),
      stage.path('trace'),
    ];
    stage.onClean(() => disk.unmount());
    let whileFull;
    const ended = await betweenPhases(
      stage,
      stage.launch({ wrap: watch({ paths: [live], calls: WRITES, into: trace }) }),
      [
        () => {
          whileFull = tally(live, { to: 5000 });
          disk.grow('16m');
        },
      ],
    );
    const short = existsSync(trace) ? shortWrites(readFileSync(trace, 'utf8')) : 0;
    return judgePhases(stage, {
      ended,
      files: storedFiles(stage.path('disk')),
      count: 7000,
      facts: [`${short} short`],
      counts: { short },
      expectations: [
        wasFailed(ended, 1),
        [short >= 1, 'no write was cut short: the row shows nothing'],
        [whileFull?.torn === 0, `${whileFull?.torn} torn lines while the disk was full`],
      ],
    });
  },
};

/** `… write(24, "…"..., 40960) = 8192`: fewer bytes than were asked for, and no error. */
const shortWrites = (trace) =>
  [...trace.matchAll(/, (\d+)(?:, \d+)?\)\s+= (\d+)$/gm)].filter(([, asked, taken]) => Number(taken) < Number(asked))
    .length;
