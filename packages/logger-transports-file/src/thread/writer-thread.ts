import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Housekeeping } from '../keeper/housekeeping';
import { Keeper } from '../keeper/keeper';
import { toPlainError } from '../keeper/messages';
import { LaneWorker } from './lane-worker';
import { type FromWriter, type ToWriter, type WriterData } from './messages';

/**
 * The thread that owns files. All its file calls are synchronous and its own: neither a hung disk nor the
 * synchronous calls of rotation touch the application's thread or libuv's pool, which all threads share.
 */
const port = parentPort as MessagePort;
const keeper = new Keeper();
const lanes = new Map<number, LaneWorker>();
const tell = (message: FromWriter): void => port.postMessage(message);

port.on('message', (message: ToWriter) => {
  if (typeof message === 'number') lanes.get(message)?.wake();
  else if ('open' in message) {
    const { open: id, shared, settings } = message;
    const trouble = (error: Error): void => tell({ trouble: id, error: toPlainError(error) });
    const housekeeping = new Housekeeping({ settings, shared, keeper, trouble });
    const before = [...lanes.values()].filter(({ path }) => path === settings.path);
    lanes.set(id, new LaneWorker({ shared, settings, housekeeping, before, rest: () => tell(id) }));
  } else if ('rotate' in message) {
    const { rotate: id, request, hangUp } = message;
    void lanes
      .get(id)
      ?.rotate(hangUp)
      .then(
        (path) => tell({ rotated: request, ...(path !== undefined && { path }) }),
        (thrown: unknown) => tell({ rotated: request, error: toPlainError(thrown) }),
      );
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
