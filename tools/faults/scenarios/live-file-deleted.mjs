import { existsSync, renameSync, rmSync } from 'node:fs';
import { burst } from '../child/produce.mjs';
import { atMost, pause } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 12_000;
const KEPT_IN_VIEW = 'kept.log';

export const scenario = {
  name: 'live-file-deleted',
  complaint: 'daily-rotate-file#348, #363',
  expected: 'the file is back within a second; what was written into nowhere is counted (moved away: nothing is lost)',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ how: 'deleted' }, { how: 'moved' }],
  deadlineMs: 12_000,

  async child({ open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path('app.log') }]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    for (let from = 1; from <= COUNT; from += 50) {
      burst(log, 50, { from });
      if (from === 3001) report('running');
      await pause(10);
    }
    await atMost(4000, log.close(3000));
    report('closed', { health: log.health(), failures });
    process.exit(0);
  },

  async run(stage) {
    const [file, kept] = [stage.path('app.log'), stage.path(KEPT_IN_VIEW)];
    const child = stage.launch();
    await child.first('running');
    if (stage.params.how === 'deleted') rmSync(file);
    else renameSync(file, kept);
    await pause(1000);
    const isBack = existsSync(file);
    const ended = await child.ended;
    // What was on disk before the file went is not the logger's loss: only what came after 3,000 counts.
    const count = tally([kept, file], { from: 3051, to: COUNT });
    const { failures } = ended.reports.at(-1);
    const droppedInAll = healthOf(ended, 'file')?.droppedInAll;
    const cell = [
      `${isBack ? 'back' : 'not back'} after a second`,
      describe(count),
      `${failures} events`,
      mishap(ended),
    ];
    return judge(cell, { ...countsOf(count), isBack, failures, dropped: droppedInAll }, [
      [isBack, 'the file was not back after a second'],
      [count.lost === 0 || droppedInAll > 0, `${count.lost} are nowhere, health() counts ${droppedInAll} dropped`],
      [stage.params.how === 'deleted' || count.lost === 0, `${count.lost} lost although the file was only moved`],
      [count.torn === 0, `${count.torn} torn lines`],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
