import { logInPhases } from '../child/log-in-phases.mjs';
import { judgePhases } from '../harness/phases.mjs';
import { tamper, WRITES } from '../harness/strace.mjs';
import { tally, countsOf, describe } from '../harness/tally.mjs';

const COUNT = 8000;
const LOOP_MS = 140;

export const scenario = {
  name: 'write-latency',
  complaint: 'a disk that takes 150 ms or 2 s for a write',
  expected: `all in the slow file, in one beside it and in one elsewhere; the application's loop is never ${LOOP_MS} ms late`,
  subjects: ['ours'],
  variants: [{ delayMs: 150 }, { delayMs: 2000 }],
  needs: ['linux', 'strace'],
  ceilings: { loopMs: LOOP_MS },
  deadlineMs: 60_000,

  async child(tools) {
    const file = { path: tools.path('logs', 'app.log') };
    const besides = [{ kind: 'file', name: 'beside', path: tools.path('logs', 'beside.log') }];
    await logInPhases(tools, { file, besides, phases: [{ count: COUNT }] });
  },

  async run(stage) {
    const paths = [stage.path('logs', 'app.log')];
    const ended = await stage.launch({
      wrap: tamper({ paths, calls: WRITES, injection: `delay_enter=${stage.params.delayMs}ms` }),
    }).ended;
    const beside = tally(stage.path('logs', 'beside.log'), { to: COUNT });
    return judgePhases(stage, {
      ended,
      files: paths,
      count: COUNT,
      quiet: true,
      facts: [`beside ${describe(beside)}`],
      counts: { beside: countsOf(beside) },
      expectations: [
        [beside.lost + beside.duplicated + beside.torn + beside.disordered === 0, `beside: ${describe(beside)}`],
      ],
    });
  },
};
