import { produce, ROOM_FOR_A_BURST } from '../child/produce.mjs';
import { atMost } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 100_000;
const CAP = { records: 10_000, bytes: 16 * 1024 * 1024 };

export const scenario = {
  name: 'sibling-never-calls-back',
  complaint: 'winston#1144, fluent-logger-node#115',
  expected: 'healthy 100,000; the bad queue stays under its cap',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ by: 'plugin' }, { by: 'log.add' }],
  deadlineMs: 40_000,

  async child({ params, open, report, path }) {
    const bad = { kind: params.by === 'plugin' ? 'faulty' : 'added', name: 'bad', mode: 'never' };
    const log = open([{ kind: 'file', name: 'healthy', path: path('healthy.log'), queue: ROOM_FOR_A_BURST }, bad]);
    log.onFailure(() => undefined);
    report('felt', await produce(log, COUNT));
    report('held', { health: log.health() });
    await atMost(4000, log.close(2000));
    report('closed', { health: log.health() });
    process.exit(0);
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const felt = ended.reports.find(({ kind }) => kind === 'felt');
    const held = ended.reports.find(({ kind }) => kind === 'held')?.health?.find(({ name }) => name !== 'healthy');
    return judge([`healthy ${describe(healthy)}`, mishap(ended)], { ...countsOf(healthy), bad: held }, [
      whole('healthy', healthy),
      [felt?.threw === 0, `the call site got ${felt?.firstThrow}`],
      [held && held.queued <= CAP.records && held.queuedBytes <= CAP.bytes, `bad queue: ${JSON.stringify(held)}`],
      [held?.accepted === COUNT, `the bad destination accepted ${held?.accepted} of ${COUNT}`],
      [healthOf(ended, 'healthy')?.droppedInAll === 0, 'healthy dropped records'],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
