import { chmodSync, chownSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { produce } from '../child/produce.mjs';
import { atMost, pause, untilFile } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';
import { asNobody } from '../harness/unprivileged.mjs';

const [BEFORE, AFTER] = [5000, 1000];

/** How the path is spoilt, and how it is put right later. */
const spoilers = {
  file: {
    spoil: (path) => (writeFileSync(path, ''), giveAway(path), chmodSync(path, 0)),
    mend: (path) => chmodSync(path, 0o666),
  },
  directory: { spoil: (path, parent) => chmodSync(parent, 0o555), mend: (path, parent) => chmodSync(parent, 0o777) },
  'directory-in-its-place': { spoil: (path) => mkdirSync(path), mend: (path) => rmdirSync(path) },
};

function giveAway(path) {
  if (process.getuid() === 0) chownSync(path, 65_534, 65_534);
}

export const scenario = {
  name: 'no-permission',
  complaint: 'daily-rotate-file#374',
  expected:
    'healthy 6,000; a failure event and the state `failed`; after chmod the file gets all that was not counted as dropped',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: Object.keys(spoilers).map((what) => ({ what })),
  needs: ['linux', 'setpriv'],
  deadlineMs: 30_000,

  async child({ open, report, path }) {
    const log = open([
      { kind: 'file', name: 'denied', path: path('denied', 'app.log') },
      { kind: 'file', name: 'healthy', path: path('healthy.log') },
    ]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    const felt = await produce(log, BEFORE);
    const states = new Set();
    for (let look = 0; look < 10; look += 1) {
      await pause(50);
      states.add(log.health()?.find(({ name }) => name === 'denied').state);
    }
    report('denied', { felt, failures, states: [...states], health: log.health() });
    await untilFile(path('mended'));
    await produce(log, AFTER, { from: BEFORE + 1 });
    await atMost(13_000, log.flush(12_000));
    await atMost(4000, log.close(3000));
    report('closed', { failures, health: log.health() });
    process.exit(0);
  },

  async run(stage) {
    const [parent, file] = [stage.path('denied'), stage.path('denied', 'app.log')];
    mkdirSync(parent);
    chmodSync(parent, 0o777);
    const { spoil, mend } = spoilers[stage.params.what];
    spoil(file, parent);
    const child = stage.launch({ wrap: asNobody() });
    const denied = await child.first('denied');
    mend(file, parent);
    writeFileSync(stage.path('mended'), '');
    const ended = await child.ended;

    const healthy = tally(stage.path('healthy.log'), { to: BEFORE + AFTER });
    const mended = tally(file, { to: BEFORE + AFTER });
    const { droppedInAll } = healthOf(ended, 'denied') ?? {};
    const states = denied?.states ?? [];
    const counts = { healthy: countsOf(healthy), mended: countsOf(mended), states, dropped: droppedInAll };
    return judge([`healthy ${describe(healthy)}`, `mended ${describe(mended)}`, mishap(ended)], counts, [
      whole('healthy', healthy),
      [mended.missing.every((n) => n <= BEFORE), 'records from after the repair are missing'],
      [mended.lost === droppedInAll, `${mended.lost} are missing, health() counts ${droppedInAll} dropped`],
      [mended.torn + mended.duplicated + mended.disordered === 0, `mended: ${describe(mended)}`],
      [denied?.failures >= 1, 'no failure event while it was denied'],
      // Between two failures it is `recovering` for the length of a try.
      [states.includes('failed') && !states.includes('active'), `it was ${states.join(', ')} while it was denied`],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
