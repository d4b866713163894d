import { produce } from '../child/produce.mjs';
import { atMost, pause } from '../child/wait.mjs';
import { balanced, endedAlone, judge, mishap, whole } from '../harness/judge.mjs';
import { tamper, WRITES } from '../harness/strace.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;

export const scenario = {
  name: 'disk-errors',
  complaint: 'winston#1364',
  expected:
    'the second to fourth write fail: all 5,000 once and in order in the end, a failure event (EAGAIN is none); healthy all',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ error: 'EIO' }, { error: 'ENOSPC' }, { error: 'EAGAIN' }],
  needs: ['linux', 'strace'],
  deadlineMs: 25_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'file', name: 'bad', path: path('bad.log') },
      { kind: 'file', name: 'healthy', path: path('healthy.log') },
    ]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    for (let from = 1; from <= COUNT; from += 500) {
      await produce(log, 500, { from });
      await pause(40);
    }
    await atMost(11_000, log.flush(10_000));
    await atMost(4000, log.close(3000));
    report('closed', { health: log.health(), failures });
    process.exit(0);
  },

  async run(stage) {
    const wrap = tamper({
      paths: [stage.path('bad.log')],
      calls: WRITES,
      injection: `error=${stage.params.error}:when=2..4`,
    });
    const ended = await stage.launch({ wrap }).ended;
    const bad = tally(stage.path('bad.log'), { to: COUNT });
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const failures = ended.reports.at(-1)?.failures ?? 0;
    const counts = { bad: countsOf(bad), healthy: countsOf(healthy), failures };
    return judge([describe(bad), `healthy ${describe(healthy)}`, `${failures} events`, mishap(ended)], counts, [
      whole('bad', bad),
      whole('healthy', healthy),
      [failures >= 1 || stage.params.error === 'EAGAIN', 'no failure event'],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
