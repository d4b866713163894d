import { mkdirSync } from 'node:fs';
import { endings } from '../child/endings.mjs';
import { produce } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { endedAlone, endedDespiteHungCall, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { tamper, WRITES } from '../harness/strace.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;
const SHUTDOWN_TIMEOUT_MS = 1000;
const LIMIT_MS = SHUTDOWN_TIMEOUT_MS + 500;
const HANGS = { open: 'open,openat', write: WRITES };

const healthyPath = ({ beside }) => (beside === 'same-directory' ? 'healthy.log' : 'other/healthy.log');

export const scenario = {
  name: 'hung-disk',
  complaint: 'a disk call that hangs keeps Node itself from exiting',
  expected: `a regular file whose calls hang (as on a dead NFS): healthy 5,000, over within ${LIMIT_MS} ms, code and signal kept where Node can`,
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [
    ...['open', 'write'].flatMap((call) =>
      ['exit', 'exception', 'SIGTERM', 'emptied'].map((ending) => ({ call, ending, beside: 'other-directory' })),
    ),
    { call: 'write', ending: 'exit', beside: 'same-directory' },
  ],
  needs: ['linux', 'strace'],
  deadlineMs: SHUTDOWN_TIMEOUT_MS + 5000,

  async child({ params, open, report, path }) {
    const files = [
      { kind: 'file', name: 'hung', path: path('hung.log') },
      { kind: 'file', name: 'healthy', path: path(healthyPath(params)) },
    ];
    const log = open(files, { shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS, crashes: true });
    log.onFailure(() => undefined);
    await produce(log, COUNT);
    await pause(300);
    report('ending', { health: log.health() });
    endings[params.ending].bring();
  },

  async run(stage) {
    mkdirSync(stage.path('other'));
    const { call, ending } = stage.params;
    const paths = [stage.path('hung.log')];
    const wrap = tamper({ paths, calls: HANGS[call], injection: 'delay_enter=60s' });
    const ended = await stage.launch({ wrap }).ended;
    const healthy = tally(stage.path(healthyPath(stage.params)), { to: COUNT });
    const ms = msFrom(ended, 'ending');
    const cell = [`healthy ${describe(healthy)}`, ms !== undefined && !ended.killed && `${ms} ms`];
    return judge([...cell, mishap(ended, endings[ending])], { ...countsOf(healthy), ms }, [
      whole('healthy', healthy),
      endedDespiteHungCall(ended, endings[ending]),
      endedWithin(ended, 'ending', LIMIT_MS),
      endedAlone(ended),
    ]);
  },
};
