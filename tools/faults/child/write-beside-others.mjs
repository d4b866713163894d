import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { loadSubject } from '../subjects/load.mjs';
import { fieldsOf } from './produce.mjs';

/** Logs numbered records that say who wrote them, and waits for them, so that no queue overflows. */
export async function writeBesideOthers({ open, file, writer, count }) {
  const log = open([{ kind: 'file', name: 'file', ...file }]);
  for (let n = 1; n <= count; n++) {
    log.info('order placed', { ...fieldsOf(n), writer });
    if (n % 2000 === 0) await log.flush(30_000);
  }
  await log.close(30_000);
  return log.health();
}

/** The same in a worker of this process; resolves with its health. */
export function writeInWorker(job) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: job });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (!isMainThread) {
  const { parentPort } = await import('node:worker_threads');
  parentPort.postMessage(await writeBesideOthers({ ...workerData, open: await loadSubject('ours') }));
}
