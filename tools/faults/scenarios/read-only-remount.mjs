import { logInPhases } from '../child/log-in-phases.mjs';
import { mountImage } from '../harness/disk-image.mjs';
import { mustRun } from '../harness/must-run.mjs';
import { betweenPhases, judgePhases, wasFailed } from '../harness/phases.mjs';
import { storedFiles } from '../harness/stored-files.mjs';

const PHASES = [{ count: 2000, wait: 'flushed' }, { count: 3000, wait: 'failed' }, { count: 2000 }];

export const scenario = {
  name: 'read-only-remount',
  complaint: 'the kernel remounts a disk read-only after an error of the device',
  expected: 'the state `failed` and a failure event, nothing lost once a repaired disk is mounted, healthy all',
  subjects: ['ours'],
  needs: ['linux', 'loop'],
  deadlineMs: 30_000,

  async child(tools) {
    await logInPhases(tools, { file: { path: tools.path('disk', 'app.log'), maxSize: '200k' }, phases: PHASES });
  },

  async run(stage) {
    const disk = mountImage(stage.path('disk.img'), stage.path('disk'));
    stage.onClean(() => disk.unmount());
    const ended = await betweenPhases(stage, stage.launch(), [
      () => {
        mustRun('sync', '-f', stage.path('disk')); // what the kernel had not stored yet would go with the device
        disk.abort();
      },
      () => disk.replace(),
    ]);
    const files = storedFiles(stage.path('disk'));
    return judgePhases(stage, { ended, files, count: 7000, expectations: [wasFailed(ended, 2)] });
  },
};
