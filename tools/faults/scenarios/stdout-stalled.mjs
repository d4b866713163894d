import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { burst, produce } from '../child/produce.mjs';
import { atMost, pause } from '../child/wait.mjs';
import { makeFifo } from '../harness/fifo.mjs';
import { endedAlone, endedWith, endedWithin, judge, mishap, msFrom, whole } from '../harness/judge.mjs';
import { countsOf, describe, tally } from '../harness/tally.mjs';

const COUNT = 5000;
const SHUTDOWN_TIMEOUT_MS = 1000;
const EXIT = { code: 5, signal: null };

export const scenario = {
  name: 'stdout-stalled',
  complaint: 'winston#1920',
  expected:
    'the reader of stdout is stopped: 5,000 in the file, exit within the deadline; when it goes on, 5,000 on stdout too; a reader that keeps reading costs no time and is no failure',
  subjects: ['ours', 'winston', 'winston-drf', 'pino'],
  variants: [{ reader: 'stays-stopped' }, { reader: 'goes-on' }, { reader: 'keeps-reading' }],
  needs: ['mkfifo'],
  deadlineMs: 9000,

  async child({ params, open, report, path }) {
    const destinations = [
      { kind: 'console', name: 'console' },
      { kind: 'file', name: 'file', path: path('app.log') },
    ];
    const log = open(destinations, { shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS });
    let failures = 0;
    log.onFailure(() => (failures += 1));
    report('started');
    report('felt', params.reader === 'keeps-reading' ? burst(log, COUNT) : await produce(log, COUNT));
    if (params.reader !== 'keeps-reading') await pause(300);
    report('logged');
    const start = performance.now();
    if (params.reader !== 'stays-stopped') await atMost(4000, log.flush(3000));
    report('ending', { health: log.health(), flushMs: Math.round(performance.now() - start), failures });
    process.exit(EXIT.code);
  },

  async run(stage) {
    const fifo = makeFifo(stage.path('stdout'));
    const reads = stage.params.reader !== 'stays-stopped';
    const keepsReading = stage.params.reader === 'keeps-reading';
    const reader = startReader(fifo, stage.path('stdout.log'), { stopped: !keepsReading });
    stage.onClean(() => reader.end());
    const child = stage.launch({ stdout: reader.input });
    await child.first('started');
    const logged = await Promise.race([child.first('logged'), pause(3000)]);
    if (reads) reader.goOn();
    const ended = await child.ended;
    if (reads) await reader.atEnd();

    const file = tally(stage.path('app.log'), { to: COUNT });
    const stdout = tally(stage.path('stdout.log'), { to: COUNT });
    const { flushMs, failures } = ended.reports.find(({ kind }) => kind === 'ending') ?? {};
    const ms = msFrom(ended, 'ending');
    const cell = [
      `file ${describe(file)}`,
      reads && `stdout ${describe(stdout)} in ${flushMs} ms`,
      !logged && 'call site blocked',
    ];
    return judge(
      [...cell, mishap(ended, EXIT)],
      { file: countsOf(file), onStdout: stdout.written, ms, flushMs, failures },
      [
        whole('file', file),
        ...(reads ? [whole('stdout', stdout)] : []),
        [!keepsReading || (flushMs < 500 && failures === 0), `flush took ${flushMs} ms, ${failures} failure events`],
        [logged !== undefined, 'the call site waited for stdout'],
        endedWith(ended, EXIT),
        endedWithin(ended, 'ending', SHUTDOWN_TIMEOUT_MS + 500),
        endedAlone(ended),
      ],
    );
  },
};

/** `cat` on a named pipe, perhaps stopped before it reads anything. */
function startReader(fifo, output, { stopped }) {
  const input = openSync(fifo, constants.O_RDWR);
  const out = openSync(output, 'w');
  const cat = spawn('cat', [fifo], { stdio: ['ignore', out, 'ignore'] });
  const gone = new Promise((resolve) => cat.on('exit', resolve));
  if (stopped) cat.kill('SIGSTOP');
  let open = true;
  const close = () => {
    if (open) [input, out].forEach((descriptor) => closeSync(descriptor));
    open = false;
  };
  return {
    input,
    goOn: () => cat.kill('SIGCONT'),
    // The end of the pipe reaches the reader once nobody holds it open for writing, this process included.
    atEnd: () => (close(), Promise.race([gone, pause(2000)])),
    end: () => (close(), cat.kill('SIGKILL')),
  };
}
