import { type MessagePort, parentPort } from 'node:worker_threads';
import { ManifestFile } from '../archive/manifest-file';
import { restoreFiles } from '../archive/restore-files';
import { LiveName } from '../rotation/live-name';
import { LaneKeeping } from '../thread/lane-keeping';
import { keepFamily } from './keep-family';
import { type FromKeeper, type ToKeeper, toPlainError } from './messages';

/**
 * The thread for what takes long: compressing, digesting, copying. Beside the writer thread, so that a log line never
 * waits for it. One task at a time.
 */
const port = parentPort as MessagePort;
let last: Promise<void> = Promise.resolve();

port.on('message', (message: ToKeeper) => {
  last = last.then(async () => port.postMessage(await answer(message)));
});

async function answer(message: ToKeeper): Promise<FromKeeper> {
  const { id } = message;
  try {
    if ('keep' in message) return { id, failures: (await keep(message.keep)).map(toPlainError) };
    if ('restore' in message) return { id, result: await restoreFiles(message.restore) };
    return { id, result: (await ManifestFile.open(message.rebuild)).entries };
  } catch (thrown) {
    return { id, error: toPlainError(thrown) };
  }
}

async function keep({ memory, ...order }: Extract<ToKeeper, { keep: unknown }>['keep']): Promise<Error[]> {
  const { settings, livePath } = order;
  const keeping = new LaneKeeping(memory);
  keeping.begin();
  try {
    // Another date may have begun while the task waited. In the hour that a clock shows twice this waits for the next.
    const isCurrent = (): boolean => new LiveName(settings).at(Date.now()) === livePath;
    return await keepFamily({ ...order, nowMs: Date.now(), onSlice: () => keeping.step(), isCurrent });
  } finally {
    keeping.end();
  }
}
