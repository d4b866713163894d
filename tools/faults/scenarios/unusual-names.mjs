import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { produce } from '../child/produce.mjs';
import { balanced, endedAlone, endedWith, judge, mishap } from '../harness/judge.mjs';
import { storedFiles } from '../harness/stored-files.mjs';
import { countsOf, describe, isWhole, tally } from '../harness/tally.mjs';
import { readLog } from '../subjects/read-ours.mjs';

const COUNT = 6000;

/** Below the folder `logs`; a slash is a folder. */
const names = {
  plain: 'app.log',
  spaces: ' my app  .log ',
  quotes: "it's `mine`.log",
  'dollar-percent': '$& $1 $$ %s 100% %2e.log',
  brackets: '[app] (x)+{a,b}^.log',
  wildcards: 'app*?.log',
  colon: 'C:app.log',
  'leading-dash': '-rf --.log',
  dots: '..app..log..',
  'no-ending': 'app',
  unicode: 'журнал-🚀-e\u0301-\u200f.log',
  'like-an-archive': 'app.log.000007.gz.log',
  'date-words': 'YYYY-MM-DD [app].log',
  long: `${'a'.repeat(235)}.log`,
  folders: "a b/it's/$x/[y]/app.log",
};

export const scenario = {
  name: 'unusual-names',
  complaint: 'a logger that takes the characters of a name for a pattern',
  expected: `${Object.keys(names).length} names, each rotated and compressed: all records once, in order, readLog finds them, no other file appears`,
  subjects: ['ours'],
  needs: ['linux'],
  ceilings: { loopMs: 3000 }, // setting up waits for three writer threads, five times
  deadlineMs: 60_000,

  async child({ open, report, path }) {
    const all = Object.entries(names).map(([name, file]) => ({
      kind: 'file',
      name,
      path: path('logs', name, file),
      maxSize: '400k',
      compress: 'gzip',
    }));
    for (let first = 0; first < all.length; first += 3) {
      const log = open(all.slice(first, first + 3));
      await produce(log, COUNT);
      await log.close(15_000);
      report('closed', { health: log.health() });
    }
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const results = [];
    for (const [name, file] of Object.entries(names)) results.push(await check(stage, name, file));
    const good = results.filter(({ faults }) => faults.length === 0).length;
    const counts = Object.fromEntries(results.map(({ name, count }) => [name, countsOf(count)]));
    return judge([`${good} of ${results.length} names`, mishap(ended)], counts, [
      ...results.flatMap(({ faults }) => faults),
      endedWith(ended, { code: 0, signal: null }),
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};

async function check(stage, name, file) {
  const path = stage.path('logs', name, file);
  const folder = dirname(path);
  const files = storedFiles(folder, basename(path));
  const count = tally(files, { to: COUNT });
  const others = existsSync(folder) ? readdirSync(folder).length - files.length : 0;
  let [read, inOrder] = [0, true];
  for await (const { n } of readLog(path)) inOrder &&= n === (read += 1);
  const faults = [
    isWhole(count) ? undefined : `${name}: ${describe(count)}`,
    files.length < 3 && `${name}: ${files.length} files`,
    others > 0 && `${name}: ${readdirSync(folder).join(' | ')}`,
    (read !== COUNT || !inOrder) && `${name}: readLog finds ${read}, ${inOrder ? '' : 'not '}in order`,
  ];
  return { name, count, faults: faults.filter(Boolean).map((fault) => [false, fault]) };
}
