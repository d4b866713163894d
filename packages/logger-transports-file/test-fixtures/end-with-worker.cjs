/* global __filename */
// A worker logs numbered records of 1.5 KB, and the main thread brings the end as soon as it has: `exit`, `crash`, or a
// signal's name. With `terminated` another worker with a logger has been terminated before.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

const open = (path) => createLogger({ sources: false, destinations: [file({ path })] });

if (isMainThread) {
  const { folder, count, how, terminated } = JSON.parse(process.argv[2]);
  open(`${folder}/main.log`).info('started', { n: 1 });
  const work = () => {
    const worker = new Worker(__filename, { workerData: { path: `${folder}/worker.log`, count } });
    worker.once('message', () => {
      if (how === 'exit') process.exit(5);
      if (how === 'crash') throw new Error('boom');
      process.kill(process.pid, how);
    });
  };
  if (terminated) {
    const doomed = new Worker(__filename, { workerData: { path: `${folder}/doomed.log`, count: 1 } });
    doomed.once('message', () => void doomed.terminate().then(work));
  } else work();
} else {
  const log = open(workerData.path);
  for (let n = 1; n <= workerData.count; n += 1) log.info('tick', { n, pad: 'x'.repeat(1500) });
  parentPort.postMessage('logged');
  setInterval(() => undefined, 1000);
}
