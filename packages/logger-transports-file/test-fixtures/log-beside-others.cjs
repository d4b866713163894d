// Logs numbered records with the writer's number, in this process or in a worker of it, then closes.
const { isMainThread, Worker, workerData } = require('node:worker_threads');
const { createLogger } = require('@metaexpert/logger-core');
const { file } = require('@metaexpert/logger-transports-file');

const params = isMainThread ? JSON.parse(process.argv[2]) : workerData;

async function write(writer) {
  const log = createLogger({ sources: false, destinations: [file(params.file)] });
  for (let n = 1; n <= params.count; n++) {
    log.info('tick', { writer, n });
    // A queue holds 10,000; a slow disk must not make the test lose what it is to find.
    if (n % 500 === 0) await log.flush({ timeoutMs: 20_000 });
  }
  const { ok } = await log.close({ timeoutMs: 20_000 });
  if (!ok) throw new Error('not everything was written');
}

void write(isMainThread ? params.writer : `${params.writer}/${params.worker}`);
if (isMainThread) {
  for (let worker = 1; worker <= (params.workers ?? 0); worker++) {
    new Worker(process.argv[1], { workerData: { ...params, worker } });
  }
}
