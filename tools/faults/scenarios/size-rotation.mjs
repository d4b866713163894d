import { readdirSync, statSync } from 'node:fs';
import { burst, produce } from '../child/produce.mjs';
import { balanced, endedAlone, endedWith, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 20_000;
const MAX_BYTES = 100 * 1024;

export const scenario = {
  name: 'size-rotation',
  complaint: 'winston#1655',
  expected: '20,000 in order over some fifty files, no duplicate, every file within a tenth of maxSize',
  subjects: ['ours', 'winston', 'winston-drf'],
  variants: [{ how: 'yielding' }, { how: 'two-bursts' }],
  deadlineMs: 20_000,

  async child({ params, open, report, path }) {
    const rotation = { maxSize: '100k', maxFiles: 200 };
    const file = {
      kind: 'file',
      name: 'file',
      path: path('logs', 'app.log'),
      ...rotation,
      queue: { maxRecords: COUNT },
    };
    const log = open([file]);
    if (params.how === 'yielding') await produce(log, COUNT);
    else {
      burst(log, COUNT / 2);
      await log.flush(5000);
      burst(log, COUNT / 2, { from: COUNT / 2 + 1 });
    }
    await log.close(5000);
    report('closed', { health: log.health() });
  },

  async run(stage) {
    const ended = await stage.launch().ended;
    const files = oldestFirst(stage);
    const count = tally(files, { to: COUNT });
    const oversized = files.filter((file) => statSync(file).size > MAX_BYTES * 1.1).length;
    const cell = [describe(count), `${files.length} files`, oversized > 0 && `${oversized} too large`, mishap(ended)];
    return judge(cell, { ...countsOf(count), files: files.length, oversized }, [
      whole('files', count),
      [oversized === 0, `${oversized} of ${files.length} files are more than a tenth over ${MAX_BYTES} bytes`],
      [files.length >= 40, `only ${files.length} files`],
      endedWith(ended, { code: 0, signal: null }),
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};

/** Rotated files bear rising numbers. The bare name is the newest file of ours, and the oldest of both peers. */
function oldestFirst({ isOurs, path }) {
  const rank = (name) => Number(/\d+/.exec(name)?.[0] ?? (isOurs ? Infinity : -1));
  const names = readdirSync(path('logs')).filter((name) => /^app\d*\.log(\.\d+)?$/.test(name));
  return names.sort((a, b) => rank(a) - rank(b)).map((name) => path('logs', name));
}
