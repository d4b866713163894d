import { symlinkSync } from 'node:fs';
import { produce } from '../child/produce.mjs';
import { atMost } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;

export const scenario = {
  name: 'dev-full',
  complaint: 'winston#1364',
  expected: 'a disk that is full for ever: healthy 5,000; the other counts every record; a failure event',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  needs: ['linux'],
  deadlineMs: 15_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'file', name: 'full', path: path('full.log') },
      { kind: 'file', name: 'healthy', path: path('healthy.log') },
    ]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    report('felt', await produce(log, COUNT));
    await atMost(4000, log.close(2000));
    report('closed', { health: log.health(), failures });
    process.exit(0);
  },

  async run(stage) {
    symlinkSync('/dev/full', stage.path('full.log'));
    const ended = await stage.launch().ended;
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const failures = ended.reports.at(-1)?.failures ?? 0;
    const full = healthOf(ended, 'full');
    return judge(
      [`healthy ${describe(healthy)}`, `${failures} events`, mishap(ended)],
      { ...countsOf(healthy), full },
      [
        whole('healthy', healthy),
        [full?.accepted === COUNT && full.delivered === 0, `the full one: ${JSON.stringify(full)}`],
        [failures >= 1, 'no failure event'],
        balanced(ended),
        endedAlone(ended),
      ],
    );
  },
};
