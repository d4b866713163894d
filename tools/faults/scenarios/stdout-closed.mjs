import { openSync } from 'node:fs';
import { produce } from '../child/produce.mjs';
import { atMost } from '../child/wait.mjs';
import { balanced, endedAlone, endedWith, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;

export const scenario = {
  name: 'stdout-closed',
  complaint: 'winston#1920',
  expected: 'the reader of stdout went away, or stdout is a full disk: no crash, 5,000 in the file, exit code kept',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ stdout: 'closed-pipe' }, { stdout: 'full-disk' }],
  needs: ['linux'],
  deadlineMs: 10_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'console', name: 'console' },
      { kind: 'file', name: 'file', path: path('app.log') },
    ]);
    report('felt', await produce(log, COUNT));
    await atMost(4000, log.close(2000));
    report('closed', { health: log.health() });
    process.exit(0);
  },

  async run(stage) {
    const child = stage.launch({ stdout: stage.params.stdout === 'full-disk' ? openSync('/dev/full', 'w') : 'pipe' });
    child.stdout?.destroy();
    const ended = await child.ended;
    const count = tally(stage.path('app.log'), { to: COUNT });
    const felt = ended.reports.find(({ kind }) => kind === 'felt');
    return judge([describe(count), mishap(ended)], countsOf(count), [
      whole('file', count),
      [felt?.threw === 0, `the call site got ${felt?.firstThrow}`],
      endedWith(ended, { code: 0, signal: null }),
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
