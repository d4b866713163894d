import { produce, ROOM_FOR_A_BURST } from '../child/produce.mjs';
import { atMost } from '../child/wait.mjs';
import { balanced, endedAlone, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 20_000;

export const scenario = {
  name: 'sibling-fails',
  complaint: 'pino#1429, pino#2106',
  expected: 'every other destination gets all 20,000',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [
    { by: 'plugin', mode: 'rejects' },
    { by: 'log.add', mode: 'errors' },
    { by: 'target', mode: 'dies' },
  ],
  deadlineMs: 20_000,

  async child({ params, open, report, path }) {
    const bad = { kind: params.by === 'log.add' ? 'added' : 'faulty', name: 'bad', mode: params.mode };
    const files = ['first', 'second'].map((name) => ({
      ...{ kind: 'file', name, path: path(`${name}.log`) },
      queue: ROOM_FOR_A_BURST,
    }));
    const log = open([files[0], bad, files[1]]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    report('felt', await produce(log, COUNT));
    await atMost(4000, log.close(2000));
    report('closed', { health: log.health(), failures });
    process.exit(0);
  },

  async run(stage) {
    if (stage.params.mode === 'dies' && stage.subject !== 'pino') {
      return judge('only a target in a worker can', {}, []);
    }
    const ended = await stage.launch().ended;
    const [first, second] = ['first', 'second'].map((name) => tally(stage.path(`${name}.log`), { to: COUNT }));
    const felt = ended.reports.find(({ kind }) => kind === 'felt');
    const closed = ended.reports.find(({ kind }) => kind === 'closed');
    const counts = { first: countsOf(first), second: countsOf(second), failures: closed?.failures };
    return judge([`${describe(first)} and ${describe(second)}`, mishap(ended)], counts, [
      whole('first', first),
      whole('second', second),
      [felt?.threw === 0, `the call site got ${felt?.firstThrow}`],
      [closed?.failures >= 1, 'no failure event'],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
