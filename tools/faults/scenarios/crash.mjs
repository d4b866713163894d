import { endings } from '../child/endings.mjs';
import { burst } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { endedAlone, endedWith, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 1000;

export const scenario = {
  name: 'crash',
  complaint: 'winston#2520',
  expected:
    '1,000 records and the error itself: 1,001, in less than a second, exit code and stderr as without a logger',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ by: 'exception' }, { by: 'rejection' }],
  deadlineMs: 6000,

  async child({ params, open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path('app.log') }], { crashes: true });
    await pause(200);
    burst(log, COUNT);
    report('ending');
    endings[params.by].bring();
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const expected = endings[stage.params.by];
    const count = tally(stage.path('app.log'), { to: COUNT });
    const crashes = count.others.filter((record) => JSON.stringify(record).includes('boom'));
    const cell = [describe(count), `${crashes.length ? 'with' : 'without'} the error`, `${msFrom(ended, 'ending')} ms`];
    return judge([...cell, mishap(ended, expected)], { ...countsOf(count), crashes: crashes.length }, [
      whole('file', count),
      [
        crashes.length === 1,
        `${crashes.length} records of the crash among ${JSON.stringify(count.others.slice(0, 3))}`,
      ],
      [/Error: boom\n\s+at /.test(ended.stderr), `no stack on stderr, but: ${ended.stderr.slice(0, 200)}`],
      endedWith(ended, expected),
      endedWithin(ended, 'ending', 1000),
      endedAlone(ended),
    ]);
  },
};
