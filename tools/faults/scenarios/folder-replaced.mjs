import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { logInPhases } from '../child/log-in-phases.mjs';
import { pause } from '../child/wait.mjs';
import { betweenPhases, judgePhases, wasFailed } from '../harness/phases.mjs';
import { storedFiles } from '../harness/stored-files.mjs';

const PHASES = [{ count: 2000, wait: 'flushed' }, { count: 3000, wait: 'failed' }, { count: 2000 }];

const replacements = {
  file: { replace: (folder) => writeFileSync(folder, 'in the way'), remove: (folder) => rmSync(folder) },
  'link-to-nowhere': { replace: (folder, nowhere) => symlinkSync(nowhere, folder), remove: (folder) => rmSync(folder) },
};

export const scenario = {
  name: 'folder-replaced',
  complaint: 'a folder of logs is moved away and something else has its name',
  expected: 'the state `failed` and a failure event, nothing lost once the name is free again, healthy all',
  subjects: ['ours'],
  variants: Object.keys(replacements).map((by) => ({ by })),
  deadlineMs: 30_000,

  async child(tools) {
    await logInPhases(tools, { file: { path: tools.path('logs', 'app.log'), maxSize: '200k' }, phases: PHASES });
  },

  async run(stage) {
    const [folder, moved] = [stage.path('logs'), stage.path('moved')];
    const { replace, remove } = replacements[stage.params.by];
    mkdirSync(folder);
    const ended = await betweenPhases(stage, stage.launch(), [
      async () => {
        renameSync(folder, moved);
        replace(folder, stage.path('nowhere', 'at', 'all'));
        await pause(500); // longer than an open file is trusted to have its name still
      },
      () => remove(folder),
    ]);
    const files = [...storedFiles(moved), ...storedFiles(folder)];
    return judgePhases(stage, { ended, files, count: 7000, expectations: [wasFailed(ended, 2)] });
  },
};
