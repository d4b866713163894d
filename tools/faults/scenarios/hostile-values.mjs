import { hostileCalls } from '../child/hostile-calls.mjs';
import { endedAlone, endedWith, judge, mishap } from '../harness/judge.mjs';
import { tally } from '../harness/tally.mjs';
import { atMost } from '../child/wait.mjs';

export const scenario = {
  name: 'hostile-values',
  complaint: 'winston#1261',
  expected: 'one line with a placeholder for each value, no throw, and the record after it is there as well',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: Object.keys(hostileCalls).map((value) => ({ value })),
  deadlineMs: 8000,

  async child({ params, open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path('app.log') }]);
    const start = performance.now();
    let threw;
    try {
      hostileCalls[params.value].call(log);
    } catch (error) {
      threw = String(error);
    }
    report('called', { threw, ms: Math.round(performance.now() - start) });
    log.info('after', { n: 1 });
    await atMost(3000, log.flush(2000));
    await atMost(3000, log.close(2000));
    process.exit(0);
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const { shows, call } = hostileCalls[stage.params.value];
    const count = tally(stage.path('app.log'), { to: 1 });
    const called = ended.reports.find(({ kind }) => kind === 'called');
    const [record] = count.others;
    const text = JSON.stringify(record) ?? '';
    const placed = count.others.length === 1 && shows(record);
    const cell = [
      count.others.length === 0
        ? 'line lost'
        : placed
          ? 'one line'
          : `not so: ${(JSON.stringify(record.value) ?? text).slice(0, 40)}`,
      called?.threw && `threw ${called.threw.slice(0, 50)}`,
      count.lost > 0 && 'nothing after it',
      mishap(ended),
    ];
    return judge(cell, { lines: count.others.length, torn: count.torn, ms: called?.ms }, [
      [called && called.threw === undefined, `the call site got ${called?.threw}`],
      [count.others.length === 1 && count.torn === 0, `${count.others.length} lines, ${count.torn} torn, from ${call}`],
      [placed, `not as expected (${shows}): ${text.slice(0, 300)}`],
      [called?.ms < 1000, `the call took ${called?.ms} ms`],
      [count.lost === 0, 'the record after it is not there'],
      endedWith(ended, { code: 0, signal: null }),
      endedAlone(ended),
    ]);
  },
};
