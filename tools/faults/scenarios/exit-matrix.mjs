import { endings } from '../child/endings.mjs';
import { burst } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { makeFifo } from '../harness/fifo.mjs';
import { endedAlone, endedWith, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const FILES = ['main', 'trades', 'errors'];
const SHUTDOWN_TIMEOUT_MS = 1000;
const LIMIT_MS = SHUTDOWN_TIMEOUT_MS + 500;

const variants = ['exit', 'first-tick', 'exception', 'rejection', 'SIGTERM', 'SIGINT', 'SIGHUP', 'emptied'].flatMap(
  (ending) => [1, 5000].flatMap((pending) => ['fifo', 'never'].map((hung) => ({ ending, pending, hung }))),
);

const endingOf = ({ ending }) => endings[ending === 'first-tick' ? 'exit' : ending];

export const scenario = {
  name: 'exit-matrix',
  complaint: 'winston#228, winston#2520, pino#2106',
  expected: `three files and a hung destination: all records in all three, over within ${LIMIT_MS} ms, code and signal kept`,
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants,
  needs: ['mkfifo'],
  deadlineMs: SHUTDOWN_TIMEOUT_MS + 3000,

  async child({ params, open, report, path }) {
    const hung = params.hung === 'fifo' ? { kind: 'file', path: path('hung') } : { kind: 'faulty', mode: 'never' };
    const files = FILES.map((name) => ({ kind: 'file', name, path: path(`${name}.log`) }));
    const log = open([...files, { name: 'hung', ...hung }], { shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS, crashes: true });
    if (params.ending !== 'first-tick') await pause(100);
    burst(log, params.pending);
    report('ending');
    endingOf(params).bring();
  },

  async run(stage) {
    makeFifo(stage.path('hung'));
    const ended = await stage.launch().ended;
    const expected = endingOf(stage.params);
    const counts = FILES.map((name) => tally(stage.path(`${name}.log`), { to: stage.params.pending }));
    const same = new Set(counts.map(describe));
    const crashed = counts.every(({ others }) => JSON.stringify(others).includes('boom'));
    const ms = msFrom(ended, 'ending');
    const cell = [[...same].join(' / '), ms !== undefined && !ended.killed && `${ms} ms`, mishap(ended, expected)];
    return judge(cell, { files: counts.map(countsOf), ms, code: ended.code, signal: ended.signal }, [
      ...counts.map((count, index) => whole(FILES[index], count)),
      [!expected.crash || crashed, 'the error itself is not in every file'],
      endedWith(ended, expected),
      endedWithin(ended, 'ending', LIMIT_MS),
      endedAlone(ended),
    ]);
  },
};
