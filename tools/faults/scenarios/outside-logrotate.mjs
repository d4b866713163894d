import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { logInPhases } from '../child/log-in-phases.mjs';
import { mustRun } from '../harness/must-run.mjs';
import { betweenPhases, judgePhases } from '../harness/phases.mjs';

const ROTATIONS = 3;
const PER_PHASE = 2000;

/** What its configuration says, and whether nothing may be logged while it works. */
const modes = {
  create: { words: ['create 0644'], busy: true },
  'create-and-sighup': { words: ['create 0644', 'postrotate', 'kill -HUP PID', 'endscript'], busy: true },
  // What is written between its copy and its cut goes, whoever writes: here nobody does.
  copytruncate: { words: ['copytruncate'], busy: false },
};

export const scenario = {
  name: 'outside-logrotate',
  complaint: 'winston#943: logrotate beside the logger',
  expected: 'logrotate puts the live file aside three times, by name or by copy: each record once, in order',
  subjects: ['ours'],
  variants: Object.keys(modes).map((mode) => ({ mode })),
  needs: ['root', 'logrotate'],
  deadlineMs: 30_000,

  async child(tools) {
    const file = { path: tools.path('logs', 'app.log'), rotateOnSighup: tools.params.mode === 'create-and-sighup' };
    const wait = modes[tools.params.mode].busy ? 'nothing' : 'flushed';
    await logInPhases(tools, {
      file,
      phases: Array.from({ length: ROTATIONS + 1 }, () => ({ count: PER_PHASE, wait })),
    });
  },

  async run(stage) {
    mkdirSync(stage.path('logs'));
    chmodSync(stage.path('logs'), 0o755); // logrotate refuses to work where everybody may write
    const child = stage.launch();
    const ended = await betweenPhases(
      stage,
      child,
      Array.from({ length: ROTATIONS }, () => () => logrotate(stage, child.pid)),
    );
    const files = ['app.log.3', 'app.log.2', 'app.log.1', 'app.log'].map((name) => stage.path('logs', name));
    const found = files.filter((file) => existsSync(file)).length;
    return judgePhases(stage, {
      ended,
      files,
      count: (ROTATIONS + 1) * PER_PHASE,
      facts: [`${found} files`],
      quiet: true,
      expectations: [[found === files.length, `${found} files instead of ${files.length}`]],
    });
  },
};

function logrotate(stage, pid) {
  const words = modes[stage.params.mode].words.map((word) => word.replace('PID', String(pid)));
  const configuration = stage.path('logrotate.conf');
  writeFileSync(configuration, [`${stage.path('logs', 'app.log')} {`, 'rotate 9', ...words, '}', ''].join('\n'));
  chmodSync(configuration, 0o644);
  mustRun('logrotate', '-f', '-s', stage.path('logrotate.state'), configuration);
}
