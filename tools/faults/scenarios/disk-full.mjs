import { writeFileSync } from 'node:fs';
import { produce } from '../child/produce.mjs';
import { atMost, pause, untilFile } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';
import { mountSmallDisk } from '../harness/tmpfs.mjs';

const [BEFORE, AFTER] = [20_000, 5_000];

export const scenario = {
  name: 'disk-full',
  complaint: 'winston#1364, daily-rotate-file#301',
  expected: 'healthy 25,000; 5,000 of 5,000 after the disk was freed; a failure event; at most one torn line',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  needs: ['linux', 'root'],
  deadlineMs: 40_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'file', name: 'full', path: path('disk', 'full.log') },
      { kind: 'file', name: 'healthy', path: path('healthy.log'), queue: { maxRecords: BEFORE } },
    ]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    const felt = await produce(log, BEFORE);
    await pause(1000);
    report('full', { failures, ...felt });
    await untilFile(path('freed'));
    await produce(log, AFTER, { from: BEFORE + 1 });
    await atMost(16_000, log.flush(15_000));
    report('recovered', { health: log.health() });
    await atMost(4000, log.close(3000));
    report('closed', { health: log.health(), failures });
    process.exit(0);
  },

  async run(stage) {
    const disk = mountSmallDisk(stage.path('disk'), '1m');
    stage.onClean(() => disk.unmount());
    const child = stage.launch();
    await child.first('full');
    disk.grow('64m');
    writeFileSync(stage.path('freed'), '');
    const ended = await child.ended;

    const full = tally(stage.path('disk', 'full.log'), { to: BEFORE + AFTER });
    const healthy = tally(stage.path('healthy.log'), { to: BEFORE + AFTER });
    const after = AFTER - full.missing.filter((n) => n > BEFORE).length;
    const failures = ended.reports.findLast((report) => report.failures !== undefined)?.failures ?? 0;
    const { droppedInAll } = healthOf(ended, 'full') ?? {};
    const counts = { healthy: countsOf(healthy), full: countsOf(full), after, failures, dropped: droppedInAll };
    return judge(
      [`healthy ${describe(healthy)}`, `after ${after} of ${AFTER}`, `${failures} events`, mishap(ended)],
      counts,
      [
        whole('healthy', healthy),
        [after === AFTER, `${after} of the ${AFTER} records after the disk was freed`],
        [full.torn <= 1, `${full.torn} torn lines`],
        [full.duplicated + full.disordered === 0, `full disk: ${describe(full)}`],
        [full.lost === droppedInAll, `${full.lost} are missing, health() counts ${droppedInAll} dropped`],
        [full.lost === 0 || full.others.length > 0, 'drops are not announced in the file'],
        [failures >= 1, 'no failure event'],
        balanced(ended),
        endedAlone(ended),
      ],
    );
  },
};
