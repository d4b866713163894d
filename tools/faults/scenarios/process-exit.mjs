import { burst } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { endedAlone, endedWith, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 1000;
const EXIT = { code: 5, signal: null };

export const scenario = {
  name: 'process-exit',
  complaint: 'winston#228',
  expected: '1,000 on disk, exit code kept, over in less than a second',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ when: 'later' }, { when: 'first-tick' }],
  deadlineMs: 6000,

  async child({ params, open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path('app.log') }]);
    if (params.when === 'later') await pause(200);
    burst(log, COUNT);
    report('ending');
    process.exit(EXIT.code);
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const count = tally(stage.path('app.log'), { to: COUNT });
    return judge([describe(count), `${msFrom(ended, 'ending')} ms`, mishap(ended, EXIT)], countsOf(count), [
      whole('file', count),
      endedWith(ended, EXIT),
      endedWithin(ended, 'ending', 1000),
      endedAlone(ended),
    ]);
  },
};
