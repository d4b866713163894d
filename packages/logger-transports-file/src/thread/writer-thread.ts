import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { LaneWorker } from './lane-worker';
import { type FromWriter, type ToWriter, type WriterData } from './messages';

/**
 * The thread that owns files. All its file calls are synchronous and its own: neither a hung disk nor the
 * synchronous calls of rotation touch the application's thread or libuv's pool, which all threads share.
 */
const port = parentPort as MessagePort;
const lanes = new Map<number, LaneWorker>();
const tell = (message: FromWriter): void => port.postMessage(message);

port.on('message', (message: ToWriter) => {
  if (typeof message === 'number') lanes.get(message)?.wake();
  else if ('open' in message) {
    const id = message.open;
    lanes.set(id, new LaneWorker(message.shared, message.settings, () => tell(id)));
  } else {
    const id = message.close;
    void lanes
      .get(id)
      ?.close()
      .finally(() => {
        lanes.delete(id);
        tell({ closed: id });
      });
  }
});

const { ready } = workerData as WriterData;
Atomics.store(ready, 0, 1);
Atomics.notify(ready, 0);
