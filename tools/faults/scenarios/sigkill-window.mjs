import { burst } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { judge } from '../harness/judge.mjs';
import { countsOf, tally } from '../harness/tally.mjs';

const WINDOW_MS = 200;

export const scenario = {
  name: 'sigkill-window',
  complaint: 'pino: 0 to 17 of 5,000',
  expected: `SIGKILL at 5,000 records/s: only what was logged in the last ${WINDOW_MS} ms may be missing, nothing else is torn`,
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  deadlineMs: 8000,

  async child({ open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path('app.log') }]);
    for (let from = 1; ; from += 50) {
      burst(log, 50, { from });
      report('accepted', { to: from + 49 });
      await pause(10);
    }
  },

  async run(stage) {
    const child = stage.launch();
    await child.first('accepted');
    await pause(700);
    child.signal('SIGKILL');
    const { reports, at } = await child.ended;
    const count = tally(stage.path('app.log'), { to: reports.at(-1).to });
    const firstLost = count.missing[0];
    const windowMs = firstLost === undefined ? 0 : at - reports.find(({ to }) => to >= firstLost).at;
    const cell = [`${count.written} of ${count.accepted}`, `window ${windowMs} ms`];
    return judge(
      cell,
      { ...countsOf(count), lost: windowMs > WINDOW_MS ? count.lost : 0, inTheWindow: count.lost, windowMs },
      [
        [windowMs <= WINDOW_MS, `a record logged ${windowMs} ms before the end is missing`],
        [count.torn <= 1, `${count.torn} torn lines`],
        [count.duplicated + count.disordered === 0, JSON.stringify(countsOf(count))],
        [
          count.lost === count.accepted - Math.max(0, (firstLost ?? count.accepted + 1) - 1),
          'there is a hole in the middle',
        ],
      ],
    );
  },
};
