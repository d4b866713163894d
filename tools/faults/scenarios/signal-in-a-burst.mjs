import { burst } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { endedAlone, endedWith, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;

export const scenario = {
  name: 'signal-in-a-burst',
  complaint: 'winston#228, pino: 0 to 17 of 5,000',
  expected: 'all 5,000 that were accepted, then the death by that signal',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ signal: 'SIGTERM' }, { signal: 'SIGINT' }, { signal: 'SIGHUP' }],
  deadlineMs: 8000,

  async child({ open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path('app.log') }]);
    setInterval(() => undefined, 1000);
    await pause(200);
    report('start');
    burst(log, COUNT);
    report('done');
  },

  async run(stage) {
    const child = stage.launch();
    await child.first('start');
    child.signal(stage.params.signal);
    const ended = await child.ended;
    // Who is killed in the middle has accepted fewer; without "done" that number is not known.
    const finished = ended.reports.some(({ kind }) => kind === 'done');
    const count = tally(stage.path('app.log'), { to: COUNT });
    const cell = [
      describe(count),
      !finished && 'cut short',
      mishap(ended, { code: null, signal: stage.params.signal }),
    ];
    return judge(cell, { ...countsOf(count), ms: msFrom(ended, 'done') }, [
      whole('file', count),
      endedWith(ended, { code: null, signal: stage.params.signal }),
      endedWithin(ended, 'done', 2500),
      endedAlone(ended),
    ]);
  },
};
