import { produce, ROOM_FOR_A_BURST } from '../child/produce.mjs';
import { atMost } from '../child/wait.mjs';
import { balanced, endedAlone, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 100_000;

export const scenario = {
  name: 'sibling-throws',
  complaint: 'winston#1261',
  expected: 'healthy 100,000, no throw at the call site; who throws once goes on to get records',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [
    { by: 'plugin', mode: 'throws-once' },
    { by: 'plugin', mode: 'throws' },
    { by: 'log.add', mode: 'throws-once' },
    { by: 'log.add', mode: 'throws' },
  ],
  deadlineMs: 40_000,

  async child({ params, open, report, path }) {
    const bad = { kind: params.by === 'plugin' ? 'faulty' : 'added', name: 'bad', mode: params.mode };
    const log = open([{ kind: 'file', name: 'healthy', path: path('healthy.log'), queue: ROOM_FOR_A_BURST }, bad]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    report('felt', await produce(log, COUNT));
    await atMost(4000, log.close(2000));
    report('closed', { health: log.health(), failures });
    process.exit(0);
  },

  async run(stage) {
    const { params } = stage;
    const ended = await stage.launch().ended;
    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const felt = ended.reports.find(({ kind }) => kind === 'felt');
    const closed = ended.reports.find(({ kind }) => kind === 'closed');
    const bad = closed?.health?.find(({ name }) => name !== 'healthy');
    const threw = felt?.threw > 0 && `the call site got ${felt.threw}`;
    const counts = { ...countsOf(healthy), threw: felt?.threw, bad, failures: closed?.failures };
    return judge([`healthy ${describe(healthy)}`, threw, mishap(ended)], counts, [
      whole('healthy', healthy),
      [felt?.threw === 0, `the call site got ${felt?.threw} exceptions: ${felt?.firstThrow}`],
      [closed?.failures >= 1, 'no failure event'],
      params.mode === 'throws'
        ? [bad?.lastError !== undefined, `health() does not know of it: ${JSON.stringify(bad)}`]
        : [bad?.delivered > 0, `the bad one got nothing after its only throw: ${JSON.stringify(bad)}`],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
