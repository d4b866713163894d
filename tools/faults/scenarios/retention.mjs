import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { produce } from '../child/produce.mjs';
import { endedAlone, endedWith, judge, mishap } from '../harness/judge.mjs';
import { oldestFirst } from '../harness/stored-files.mjs';
import { countsOf, tally } from '../harness/tally.mjs';

const COUNT = 3000;
const MAX_FILES = 3;
const FOREIGN = ['app.log.notes', 'app.log.bak', 'other.log.1'];

export const scenario = {
  name: 'retention',
  complaint: 'daily-rotate-file#372, #406',
  expected: `side file emptied, cut or removed between two runs: never more than ${MAX_FILES} rotated files and the live one, foreign files untouched, the newest records kept`,
  subjects: ['ours', 'winston-drf'],
  variants: [{ side: 'emptied' }, { side: 'cut' }, { side: 'intact' }],
  deadlineMs: 15_000,

  async child({ params, open, report, path }) {
    const file = { kind: 'file', name: 'file', path: path('logs', 'app.log'), maxSize: '50k', maxFiles: MAX_FILES };
    const log = open([file]);
    for (let from = params.from; from < params.from + COUNT; from += 500) {
      await produce(log, 500, { from });
      await log.flush(2000);
    }
    await log.close(3000);
    report('closed', { health: log.health() });
  },

  async run(stage) {
    const directory = stage.path('logs');
    await stage.launch({ params: { from: 1 } }).ended;
    if (!existsSync(directory)) return judge('nothing was written', {}, [[false, 'the first run wrote nothing']]);
    for (const name of FOREIGN) writeFileSync(stage.path('logs', name), 'mine\n');
    const isSide = (name) => !name.startsWith('app.log') && !FOREIGN.includes(name);
    for (const name of readdirSync(directory).filter(isSide)) {
      if (stage.params.side === 'emptied') truncateSync(stage.path('logs', name), 0);
      if (stage.params.side === 'cut') truncateSync(stage.path('logs', name), 20);
    }
    const ended = await stage.launch({ params: { from: COUNT + 1 } }).ended;

    const names = readdirSync(directory);
    const logs = names.filter((name) => /^app\.log(\.\d+)?(\.gz)?$/.test(name));
    const foreign = FOREIGN.filter((name) => names.includes(name)).length;
    const newest = tally(
      oldestFirst(logs).map((name) => stage.path('logs', name)),
      { from: 2 * COUNT - 199, to: 2 * COUNT },
    );
    const cell = [`${logs.length} files`, foreign < FOREIGN.length && 'foreign files deleted', mishap(ended)];
    return judge(cell, { files: logs.length, foreign, newest: countsOf(newest) }, [
      [
        logs.length <= MAX_FILES + 1,
        `${logs.length} files instead of ${MAX_FILES} and the live one: ${logs.join(' ')}`,
      ],
      [foreign === FOREIGN.length, 'a file that is none of ours was deleted'],
      [newest.lost + newest.duplicated + newest.torn === 0, `the newest 200: ${JSON.stringify(countsOf(newest))}`],
      endedWith(ended, { code: 0, signal: null }),
      endedAlone(ended),
    ]);
  },
};
