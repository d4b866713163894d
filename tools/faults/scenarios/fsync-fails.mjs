import { fieldsOf } from '../child/produce.mjs';
import { atMost } from '../child/wait.mjs';
import { balanced, endedAlone, endedWith, healthOf, judge, mishap } from '../harness/judge.mjs';
import { tamper } from '../harness/strace.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 20;
const PATIENCE_MS = 2000;
const WHEN = { thrice: ':when=2..4', 'for-ever': '' };

export const scenario = {
  name: 'fsync-fails',
  complaint: 'an fsync that failed is tried again, and the second answer believed (PostgreSQL, 2018)',
  expected: 'fails three times: each record acknowledged and there once; fails for ever: none is acknowledged',
  subjects: ['ours'],
  variants: Object.keys(WHEN).map((how) => ({ how })),
  needs: ['linux', 'strace'],
  deadlineMs: 30_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'file', name: 'file', path: path('logs', 'app.log'), delivery: 'audit', timeoutMs: 1000 },
    ]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    const acknowledged = [];
    const answers = Array.from({ length: COUNT }, (_, index) =>
      log.acknowledge('withdrawal approved', fieldsOf(index + 1)).then(
        () => acknowledged.push(index + 1),
        () => undefined, // not acknowledged, which is what is counted
      ),
    );
    await atMost(PATIENCE_MS, Promise.all(answers));
    report('asked', { acknowledged, health: log.health() });
    await atMost(2000, log.close(1000));
    report('closed', { acknowledged, failures, health: log.health() });
    process.exit(0);
  },

  async run(stage) {
    const wrap = tamper({
      paths: [stage.path('logs', 'app.log')],
      calls: 'fsync,fdatasync',
      injection: `error=EIO${WHEN[stage.params.how]}`,
    });
    const ended = await stage.launch({ wrap }).ended;
    const count = tally(stage.path('logs', 'app.log'), { to: COUNT });
    const { acknowledged = [], failures = 0 } = ended.reports.at(-1) ?? {};
    const delivered = healthOf(ended, 'file')?.delivered;
    const goesOn = stage.params.how === 'for-ever';
    const missing = acknowledged.filter((n) => !count.seen.has(n));
    const cell = [`${acknowledged.length} acknowledged`, `${describe(count)} in the file`, `${failures} events`];
    const counts = { ...countsOf(count), lost: missing.length, acknowledged: acknowledged.length, delivered, failures };
    return judge([...cell, mishap(ended)], counts, [
      [acknowledged.length === (goesOn ? 0 : COUNT), `${acknowledged.length} of ${COUNT} acknowledged`],
      [delivered === (goesOn ? 0 : COUNT), `health() counts ${delivered} of ${COUNT} as delivered`],
      [missing.length === 0, `acknowledged and not there: ${missing.join()}`],
      [count.duplicated + count.torn + count.disordered === 0, JSON.stringify(countsOf(count))],
      [failures >= 1, 'no failure event'],
      endedWith(ended, { code: 0, signal: null }),
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
