import { burst, produce } from '../child/produce.mjs';
import { balanced, endedAlone, endedWith, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 20_000;
const EXIT = { code: 0, signal: null };

export const scenario = {
  name: 'end-then-finish',
  complaint: 'winston#1504, daily-rotate-file#382',
  expected: 'end(), then `finish` (or close()), then exit: 20,000 on disk',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: ['end', 'close'].flatMap((by) => ['yielding', 'burst'].map((how) => ({ by, how }))),
  deadlineMs: 15_000,

  async child({ params, open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path('app.log'), queue: { maxRecords: COUNT } }]);
    if (params.how === 'burst') burst(log, COUNT);
    else await produce(log, COUNT);
    const receipt = await (params.by === 'end' ? log.endAndFinish() : log.close(5000));
    report('finished', { health: log.health(), receipt });
    process.reallyExit(EXIT.code); // nothing may depend on exit handlers any more
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const count = tally(stage.path('app.log'), { to: COUNT });
    const receipt = ended.reports.at(-1)?.receipt;
    return judge([describe(count), mishap(ended)], { ...countsOf(count), receipt }, [
      whole('file', count),
      [stage.params.by === 'end' || receipt?.ok === true, `receipt: ${JSON.stringify(receipt)}`],
      endedWith(ended, EXIT),
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
