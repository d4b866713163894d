/* global __filename */
// The main thread and workers of it log numbered records into files; says how many threads each has started for that.
//   how: 'close-first'  the main thread closes its logger before the workers log
//        'terminate'    the workers are terminated as soon as they have logged, without a turn of their event loop
//        'lose-writer'  the main thread's writer thread is ended between two bursts of the workers
const { once } = require('node:events');
const { writeSync } = require('node:fs');
const { isMainThread, parentPort, Worker, workerData } = require('node:worker_threads');
let threads = [];
process.on('worker', (worker) => threads.push(worker));
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

const params = isMainThread ? JSON.parse(process.argv[2]) : workerData;
const say = (what) => writeSync(1, `${JSON.stringify(what)}\n`);

function open(options) {
  const failures = [];
  const log = createLogger({ sources: false, destinations: [file(options)] });
  log.on('failure', ({ kind, error: { code, message } }) => failures.push({ kind, code, message }));
  return { log, failures };
}

async function main() {
  const { log } = open(params.file);
  log.info('started', { writer: 'main', n: 1 });
  await log.flush();
  const own = threads.length;
  const names = Array.from({ length: params.workers }, (_, index) => `worker ${index + 1}`);
  const workers = names.map((writer) => new Worker(__filename, { workerData: { ...params, writer } }));
  threads = threads.filter((thread) => !workers.includes(thread));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const said = workers.map((worker) => once(worker, 'message'));
  const exits = workers.map((worker) => once(worker, 'exit'));
  if (params.how === 'close-first') await log.close();
  for (const worker of workers) worker.postMessage('go');
  await Promise.all(said);
  if (params.how === 'terminate') await Promise.all(workers.map((worker) => worker.terminate()));
  if (params.how === 'lose-writer') {
    await threads[0].terminate();
    for (const worker of workers) worker.postMessage('go');
  }
  await Promise.all(exits);
  await log.close({ timeoutMs: 20_000 });
  say({ main: own });
}

function work() {
  const { writer, count } = params;
  const { log, failures } = open(params.workerFile ?? params.file);
  let n = 0;
  const burst = () => {
    for (const end = n + count; n < end;) log.info('tick', { writer, n: (n += 1) });
  };
  const finish = async () => {
    const { ok } = await log.close({ timeoutMs: 20_000 });
    say({ writer, ok, threads: threads.length, failures });
    parentPort.postMessage('logged');
    parentPort.close();
  };
  parentPort.once('message', async () => {
    burst();
    if (params.how === 'terminate') {
      // What a destination has gathered goes into the lane; nobody is told any more.
      void log.flush();
      setImmediate(() => {
        parentPort.postMessage('logged');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      });
      return;
    }
    if (params.how === 'lose-writer') {
      await log.flush({ timeoutMs: 20_000 });
      parentPort.once('message', async () => {
        burst();
        await finish();
      });
      parentPort.postMessage('logged');
      return;
    }
    await finish();
  });
  log.info('started', { writer, n: 0 });
  void log.flush({ timeoutMs: 20_000 }).then(() => parentPort.postMessage('ready'));
}

if (isMainThread) void main();
else work();
