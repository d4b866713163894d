import { burst } from '../child/produce.mjs';
import { endedAlone, endedWith, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;

export const scenario = {
  name: 'emptied-loop',
  complaint: 'winston#1504',
  expected: 'nobody closes anything: 5,000 on disk, exit code 0, and the logger does not hold the process open',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  deadlineMs: 6000,

  async child({ open, report, path }) {
    burst(open([{ kind: 'file', name: 'file', path: path('app.log') }]), COUNT);
    report('ending');
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const count = tally(stage.path('app.log'), { to: COUNT });
    return judge([describe(count), `${msFrom(ended, 'ending')} ms`, mishap(ended)], countsOf(count), [
      whole('file', count),
      endedWith(ended, { code: 0, signal: null }),
      endedWithin(ended, 'ending', 1000),
      endedAlone(ended),
    ]);
  },
};
