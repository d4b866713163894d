// Does one piece of work in a process that kills itself at its n-th file call: before that call is made.
const fs = require('node:fs');
const { fromSource } = require('./from-source.cjs');

const { killAt, work, params } = JSON.parse(process.argv[2]);
const say = fs.writeSync;

// Loaded before the calls are counted.
const works = {
  keep: () => {
    const { keepFamily } = fromSource('keeper/keep-family');
    return () => keepFamily({ settings: params.settings, livePath: params.settings.path, nowMs: params.nowMs });
  },
  rotate: () => {
    const { RotatingFile } = fromSource('rotation/rotating-file');
    return async () => {
      const file = new RotatingFile({ settings: params.settings, changed: () => undefined });
      for (let n = params.from; n < params.from + params.count; n += 1) {
        await file.prepare();
        const line = Buffer.from(`{"n":${n}}\n`);
        if (line.length > file.room) {
          file.rotate();
          await file.prepare();
        }
        if ((await file.append(line)) === 'written') say(1, `${JSON.stringify({ acknowledged: n })}\n`);
      }
    };
  },
};
const run = works[work]();

const CHANGING =
  'openSync writeSync fsyncSync fdatasyncSync renameSync unlinkSync ftruncateSync futimesSync closeSync mkdirSync';
let calls = 0;
for (const name of CHANGING.split(' ')) {
  const real = fs[name];
  fs[name] = (...args) => {
    calls += 1;
    if (calls === killAt) process.kill(process.pid, 'SIGKILL');
    return real(...args);
  };
}
run().then(() => say(1, `${JSON.stringify({ calls })}\n`));
