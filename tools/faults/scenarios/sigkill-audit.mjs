import { fieldsOf, produce } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { endedAlone, judge, whole } from '../harness/judge.mjs';
import { countsOf, tally } from '../harness/tally.mjs';

const ROUNDS = 3;
const AFTER_RESTART = 200;
const RESTART_FROM = 1_000_001;

export const scenario = {
  name: 'sigkill-audit',
  complaint: 'winston#228, pino: 0 to 17 of 5,000',
  expected:
    'SIGKILL: all that was acknowledged is on disk, once, in order, nothing torn but the last line; restart appends cleanly',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  deadlineMs: 15_000,

  async child({ params, open, report, path }) {
    const log = open([{ kind: 'file', name: 'file', path: path(`round-${params.round}.log`), delivery: 'audit' }]);
    if (params.restarted) {
      await produce(log, AFTER_RESTART, { from: RESTART_FROM });
      await log.close(3000);
      return;
    }
    let n = 0;
    const approveOneAfterTheOther = async () => {
      for (;;) {
        const mine = (n += 1);
        await log.acknowledge('withdrawal approved', fieldsOf(mine));
        report('ack', { n: mine });
        await new Promise((resolve) => setImmediate(resolve)); // who acknowledges in no time has to breathe
      }
    };
    await Promise.all(Array.from({ length: 8 }, approveOneAfterTheOther));
  },

  async run(stage) {
    const rounds = [];
    for (let round = 1; round <= ROUNDS; round += 1) rounds.push(await killAndRestart(stage, round));
    const sum = (key) => rounds.reduce((total, counts) => total + counts[key], 0);
    const cell = `acknowledged ${sum('acknowledged')}, of these on disk ${sum('kept')}`;
    return judge([cell, sum('torn') > 0 && `${sum('torn')} torn`], { rounds }, [
      [sum('acknowledged') > 0, 'nothing was ever acknowledged'],
      ...rounds.flatMap(({ expectations }) => expectations),
    ]);
  },
};

async function killAndRestart(stage, round) {
  const file = stage.path(`round-${round}.log`);
  const child = stage.launch({ params: { round } });
  await child.first('ack');
  await pause(60 * round);
  child.signal('SIGKILL');
  const { reports } = await child.ended;
  const acknowledged = reports.filter(({ kind }) => kind === 'ack').map(({ n }) => n);
  const before = tally(file, { to: Math.max(0, ...acknowledged) });
  const kept = acknowledged.filter((n) => before.seen.has(n)).length;

  const restarted = await stage.launch({ params: { round, restarted: true } }).ended;
  const after = tally(file, { from: RESTART_FROM, to: RESTART_FROM + AFTER_RESTART - 1 });
  return {
    acknowledged: acknowledged.length,
    kept,
    torn: before.torn,
    before: countsOf(before),
    after: countsOf(after),
    expectations: [
      [
        kept === acknowledged.length,
        `round ${round}: ${acknowledged.length - kept} acknowledged records are not on disk`,
      ],
      [before.torn <= 1, `round ${round}: ${before.torn} torn lines`],
      [before.duplicated + before.disordered === 0, `round ${round}: ${JSON.stringify(countsOf(before))}`],
      [after.torn <= before.torn, `round ${round}: the restart tore a line`],
      whole(`round ${round}, after the restart`, { ...after, torn: 0 }),
      endedAlone(restarted),
    ],
  };
}
