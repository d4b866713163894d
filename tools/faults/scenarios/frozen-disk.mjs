import { logInPhases } from '../child/log-in-phases.mjs';
import { pause } from '../child/wait.mjs';
import { mountImage } from '../harness/disk-image.mjs';
import { betweenPhases, judgePhases } from '../harness/phases.mjs';
import { storedFiles } from '../harness/stored-files.mjs';

const PHASES = [{ count: 1000, wait: 'flushed' }, { count: 1000 }, { count: 3000 }, { count: 2000 }];
const [FROZEN_MS, SAFETY_MS, LOOP_MS] = [5000, 20_000, 140];

export const scenario = {
  name: 'frozen-disk',
  complaint: 'a network file system stops answering, and comes back',
  expected: `fsfreeze stands in for it: all file calls of the disk wait in the kernel for ${FROZEN_MS} ms: healthy all, the loop is never ${LOOP_MS} ms late, nothing lost after it`,
  subjects: ['ours'],
  needs: ['linux', 'loop'],
  ceilings: { loopMs: LOOP_MS },
  deadlineMs: 40_000,

  async child(tools) {
    const file = { path: tools.path('disk', 'app.log'), maxSize: '200k', compress: 'gzip' };
    await logInPhases(tools, { file, phases: PHASES });
  },

  async run(stage) {
    const disk = mountImage(stage.path('disk.img'), stage.path('disk'));
    stage.onClean(() => disk.unmount());
    let frozen = false;
    const thaw = () => {
      if (frozen) disk.thaw();
      frozen = false;
    };
    const safety = setTimeout(thaw, SAFETY_MS); // what waits in the kernel cannot be killed
    let healthyWhileFrozen;
    const ended = await betweenPhases(stage, stage.launch(), [
      () => {
        disk.freeze();
        frozen = true;
      },
      () => pause(FROZEN_MS),
      ({ health }) => {
        healthyWhileFrozen = health.find(({ name }) => name === 'healthy');
        thaw();
      },
    ]).finally(() => {
      clearTimeout(safety);
      thaw();
    });
    return judgePhases(stage, {
      ended,
      files: storedFiles(stage.path('disk')),
      count: 7000,
      quiet: true,
      expectations: [
        [healthyWhileFrozen?.delivered > 2000, `healthy while frozen: ${JSON.stringify(healthyWhileFrozen)}`],
      ],
    });
  },
};
