import { pause } from '../child/wait.mjs';
import { endedAlone, judge, mishap } from '../harness/judge.mjs';
import { tally } from '../harness/tally.mjs';

const MS = 2000;

export const scenario = {
  name: 'failure-listener-that-logs',
  complaint: '238,844 lines in 2 s from one error',
  expected: 'one failing destination, a listener that logs each failure: at most one line a kind and interval in 2 s',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [
    { by: 'plugin', mode: 'rejects' },
    { by: 'plugin', mode: 'throws' },
    { by: 'log.add', mode: 'errors' },
  ],
  deadlineMs: 8000,

  async child({ params, open, report, path }) {
    const log = open([
      { kind: 'file', name: 'healthy', path: path('healthy.log') },
      { kind: params.by === 'plugin' ? 'faulty' : 'added', name: 'bad', mode: params.mode },
    ]);
    let events = 0;
    log.onFailure((failure) => {
      events += 1;
      log.error('the logger failed', { kind: failure?.kind, why: String(failure?.error ?? failure) });
      // A peer without end would fill the disk.
      if (events > 500_000) process.reallyExit(9);
    });
    log.info('first', { n: 1 });
    await pause(MS);
    report('over', { events });
    process.reallyExit(0);
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const count = tally(stage.path('healthy.log'), { to: 1 });
    const lines = count.others.length;
    const events = ended.reports.find(({ kind }) => kind === 'over')?.events;
    return judge([`${events ?? '?'} events`, `${lines} lines`, mishap(ended)], { lines, events }, [
      [events >= 1, 'the listener was never called'],
      [events <= 3 && lines <= 3, `${events} events and ${lines} lines from one failing destination in ${MS} ms`],
      [lines >= 1, 'what the listener logged is not in the healthy file'],
      [count.lost === 0, 'the first record is missing'],
      endedAlone(ended),
    ]);
  },
};
