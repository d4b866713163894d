import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { produce } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { endedAlone, judge } from '../harness/judge.mjs';
import { oldestFirst } from '../harness/stored-files.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const RESTARTED = 100;

export const scenario = {
  name: 'kill-while-compressing',
  complaint: 'winston#800',
  expected:
    'SIGKILL while an archive is written: the restart leaves only whole archives, and every flushed record once',
  subjects: ['ours', 'winston-drf'],
  deadlineMs: 20_000,

  async child({ params, open, report, path }) {
    const file = {
      kind: 'file',
      name: 'file',
      path: path('logs', 'app.log'),
      maxSize: '5m',
      maxFiles: 50,
      zippedArchive: true,
    };
    const log = open([file]);
    if (params.restarted) {
      await produce(log, RESTARTED, { from: 1_000_001 });
      await log.close(5000);
      await pause(1500);
      return;
    }
    for (let from = 1; ; from += 5000) {
      await produce(log, 5000, { from });
      await log.flush(5000);
      report('flushed', { to: from + 4999 });
    }
  },

  async run(stage) {
    const directory = stage.path('logs');
    const child = stage.launch();
    const until = Date.now() + 10_000;
    while (!filesIn(directory).some((name) => name.includes('.gz')) && Date.now() < until) await pause(1);
    child.signal('SIGKILL');
    const { reports } = await child.ended;
    const flushed = reports.at(-1)?.to ?? 0;
    const cut = filesIn(directory).filter((name) => name.endsWith('.gz') && !isWholeArchive(stage.path('logs', name)));

    const ended = await stage.launch({ params: { restarted: true } }).ended;
    const files = filesIn(directory);
    const broken = files.filter((name) => name.endsWith('.gz') && !isWholeArchive(stage.path('logs', name)));
    const readable = files.filter((name) => name.startsWith('app.log') && !broken.includes(name));
    const count = tally(
      oldestFirst(readable).map((name) => stage.path('logs', name)),
      { to: flushed },
    );
    const strays = files.filter((name) => !/^app\.log(\.\d+)?(\.gz)?$/.test(name) && !name.startsWith('.'));
    const cell = [describe({ ...count, disordered: 0 }), `${broken.length} broken archives`];
    return judge(cell, { ...countsOf(count), cutByTheKill: cut.length, broken: broken.length, files: files.length }, [
      [flushed > 0 && files.some((name) => name.includes('.gz')), 'nothing was ever compressed'],
      [broken.length === 0, `broken after the restart: ${broken.join(' ')}`],
      [strays.length === 0, `left behind: ${strays.join(' ')}`],
      [count.lost + count.duplicated === 0 && count.torn <= 1, JSON.stringify(countsOf(count))],
      endedAlone(ended),
    ]);
  },
};

const filesIn = (directory) => (existsSync(directory) ? readdirSync(directory) : []);

function isWholeArchive(path) {
  try {
    gunzipSync(readFileSync(path));
    return true;
  } catch {
    return false;
  }
}
