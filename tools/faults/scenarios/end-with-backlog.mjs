import { burst } from '../child/produce.mjs';
import { endedAlone, endedWith, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 500;
const EXIT = { code: 0, signal: null };

export const scenario = {
  name: 'end-with-backlog',
  complaint: 'winston#2219',
  expected: 'end() with 500 waiting for a slow winston transport: 500 delivered at `finish`, 500 on disk',
  subjects: ['ours', 'winston', 'winston-drf'],
  deadlineMs: 15_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'file', name: 'file', path: path('app.log') },
      { kind: 'added', name: 'slow', mode: 'slow' },
    ]);
    burst(log, COUNT);
    await log.endAndFinish();
    report('finished', { delivered: log.added[0].delivered, health: log.health() });
    process.reallyExit(EXIT.code); // nothing may depend on exit handlers any more
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const count = tally(stage.path('app.log'), { to: COUNT });
    const delivered = ended.reports.find(({ kind }) => kind === 'finished')?.delivered ?? 0;
    const cell = [`file ${describe(count)}`, `slow ${delivered} of ${COUNT}`, mishap(ended)];
    return judge(cell, { ...countsOf(count), delivered }, [
      whole('file', count),
      [delivered === COUNT, `the slow transport had ${delivered} of ${COUNT} at finish`],
      endedWith(ended, EXIT),
      endedAlone(ended),
    ]);
  },
};
