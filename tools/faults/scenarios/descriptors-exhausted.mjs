import { closeSync, openSync } from 'node:fs';
import { logInPhases } from '../child/log-in-phases.mjs';
import { betweenPhases, judgePhases } from '../harness/phases.mjs';
import { storedFiles } from '../harness/stored-files.mjs';

const LIMIT = 128;

/** Descriptors that the application has taken: all that it may. */
const taken = [];

function takeAll() {
  for (;;) {
    try {
      taken.push(openSync('/dev/null', 'r'));
    } catch (error) {
      if (error.code !== 'EMFILE') throw error;
      return;
    }
  }
}

function giveBack() {
  for (const descriptor of taken.splice(0)) closeSync(descriptor);
}

const phases = {
  rotating: [
    { count: 1000, wait: 'flushed', then: takeAll },
    { count: 3000, then: giveBack },
    { count: 2000, wait: 'flushed' },
  ],
  starting: [
    { count: 1000, then: giveBack },
    { count: 5000, wait: 'flushed' },
  ],
};

export const scenario = {
  name: 'descriptors-exhausted',
  complaint: 'EMFILE: the application has leaked all its descriptors',
  expected: `of ${LIMIT} descriptors none is free while files are put aside and compressed, or while the logger is made: nothing lost once there are some again`,
  subjects: ['ours'],
  variants: [{ when: 'rotating' }, { when: 'starting' }],
  needs: ['linux', 'prlimit'],
  ceilings: { descriptors: LIMIT },
  deadlineMs: 30_000,

  async child(tools) {
    const file = { path: tools.path('logs', 'app.log'), maxSize: '200k', compress: 'gzip' };
    if (tools.params.when === 'starting') takeAll();
    await logInPhases(tools, { file, phases: phases[tools.params.when] });
  },

  async run(stage) {
    const child = stage.launch({ wrap: ['prlimit', `--nofile=${LIMIT}`] });
    const breaks = phases[stage.params.when].slice(1).map(() => () => undefined); // the child does it all
    const ended = await betweenPhases(stage, child, breaks);
    const files = storedFiles(stage.path('logs'));
    const quiet = stage.params.when === 'rotating'; // the descriptor of the file put aside is enough for the next
    return judgePhases(stage, { ended, files, count: 6000, facts: [`${files.length} files`], quiet });
  },
};
