import { writeFileSync } from 'node:fs';
import { endings } from '../child/endings.mjs';
import { fieldsOf } from '../child/produce.mjs';
import { endedAlone, endedWith, endedWithin, judge, mishap, msFrom } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;
const SHUTDOWN_TIMEOUT_MS = 2000; // setupLogger's default

const isError = (n) => n % 25 === 0;
const isTrade = (n) => n % 10 === 1;

/** What each of the template's files has to hold. */
const FILES = { 'expert.log': () => true, 'trades.log': isTrade, 'errors.log': isError };

export const scenario = {
  name: 'template-files',
  complaint: 'winston#228',
  expected:
    'setupLogger: main holds all 5,000, trades the trades, errors the errors; a folder that cannot be made is no exception',
  subjects: ['ours'],
  variants: [
    { ending: 'exit', directory: 'good' },
    { ending: 'SIGTERM', directory: 'good' },
    { ending: 'exception', directory: 'good' },
    { ending: 'exit', directory: 'impossible' },
  ],
  deadlineMs: 8000,

  async child({ params, report, path }) {
    const { setupLogger } = await import('@metaexpert/logger');
    const log = setupLogger({ log_dir: path('logs'), json_logging: true, log_to_console: true });
    for (let n = 1; n <= COUNT; n += 1) {
      if (isError(n)) log.error('order rejected', new Error('rejected'), fieldsOf(n));
      else if (isTrade(n)) log.trade('order filled', fieldsOf(n));
      else log.info('order placed', fieldsOf(n));
    }
    report('ending');
    endings[params.ending].bring();
  },

  async run(stage) {
    const { ending, directory } = stage.params;
    if (directory === 'impossible') writeFileSync(stage.path('logs'), 'a file in the place of the folder\n');
    const ended = await stage.launch().ended;
    const files = directory === 'impossible' ? [] : Object.entries(FILES).map((file) => check(stage, file));
    const cell = [...files.map(({ cell }) => cell), `${msFrom(ended, 'ending')} ms`, mishap(ended, endings[ending])];
    return judge(cell, { files: files.map(({ counts }) => counts) }, [
      ...files.map(({ expectation }) => expectation),
      endedWith(ended, endings[ending]),
      endedWithin(ended, 'ending', SHUTDOWN_TIMEOUT_MS + 500),
      endedAlone(ended),
    ]);
  },
};

function check(stage, [name, belongs]) {
  const count = tally(stage.path('logs', name), { to: COUNT });
  const wanted = Array.from({ length: COUNT }, (_, index) => index + 1).filter(belongs);
  const lost = wanted.filter((n) => !count.seen.has(n)).length;
  const strays = count.seen.size - (wanted.length - lost);
  const result = { ...count, accepted: wanted.length, written: wanted.length - lost, lost };
  const fine = lost + strays + result.torn + result.duplicated + result.disordered === 0;
  const text = `${name} ${describe(result)}${strays > 0 ? `, ${strays} that do not belong` : ''}`;
  return { cell: text, counts: { name, strays, ...countsOf(result) }, expectation: [fine, text] };
}
