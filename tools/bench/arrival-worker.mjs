// The thread of harness/arrival.mjs: sleeps, then looks at the sizes of the files twice a millisecond.
import { parentPort, workerData } from 'node:worker_threads';
import { idle, watching } from './harness/arrival.mjs';
import { bytesIn } from './harness/log-files.mjs';

const { directory, state } = workerData;

parentPort.postMessage('ready');
Atomics.wait(state, 0, idle);

let bytes = 0;
let arrivedAt = process.hrtime.bigint();
while (Atomics.load(state, 0) === watching) {
  const now = process.hrtime.bigint();
  const found = bytesIn(directory);
  if (found !== bytes) {
    bytes = found;
    arrivedAt = now;
  }
  Atomics.wait(state, 0, watching, 0.5);
}
parentPort.postMessage({ bytes, arrivedAt });
