import { rmSync, writeFileSync } from 'node:fs';
import { logInPhases } from '../child/log-in-phases.mjs';
import { betweenPhases, judgePhases, wasFailed } from '../harness/phases.mjs';
import { storedFiles } from '../harness/stored-files.mjs';
import { mountSmallDisk } from '../harness/tmpfs.mjs';

const PHASES = [
  { count: 1000, wait: 'flushed' },
  { count: 3000, wait: 'failed' },
  { count: 2000, wait: 'flushed' },
];

export const scenario = {
  name: 'inodes-exhausted',
  complaint: 'a disk with room, and without a free inode: no file can be made',
  expected: 'rotation cannot begin a file: `failed` and a failure event; nothing lost once there are inodes again',
  subjects: ['ours'],
  needs: ['linux', 'root'],
  deadlineMs: 30_000,

  async child(tools) {
    const file = { path: tools.path('disk', 'logs', 'app.log'), maxSize: '200k', compress: 'gzip' };
    await logInPhases(tools, { file, phases: PHASES });
  },

  async run(stage) {
    const disk = mountSmallDisk(stage.path('disk'), '16m', { files: 60 });
    stage.onClean(() => disk.unmount());
    let fillers = [];
    const ended = await betweenPhases(stage, stage.launch(), [
      () => (fillers = fill(stage)),
      () => fillers.forEach((filler) => rmSync(filler)),
    ]);
    const files = storedFiles(stage.path('disk', 'logs'));
    const facts = [`${files.length} files`];
    return judgePhases(stage, { ended, files, count: 6000, facts, expectations: [wasFailed(ended, 2)] });
  },
};

/** Empty files, until there can be no more. */
function fill(stage) {
  const fillers = [];
  for (;;) {
    try {
      const filler = stage.path('disk', `filler-${fillers.length}`);
      writeFileSync(filler, '');
      fillers.push(filler);
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
      return fillers;
    }
  }
}
