import { workerData } from 'node:worker_threads';
import { FolderLock, HEARTBEAT_MS } from './folder-lock';
import { type FromSpool, SIGNALS, type SpoolWorkerData, type ToSpool } from './messages';
import { SpoolFolder } from './spool-folder';
import { SpoolJobs } from './spool-jobs';

/**
 * The thread of one spool. All its file calls are synchronous and its own: a disk that hangs holds neither the
 * application's thread nor libuv's pool, which all threads share.
 */
const { dir, maxBytes, fsync, port, signals } = workerData as SpoolWorkerData;

function moved(): void {
  Atomics.add(signals, SIGNALS.moved, 1);
  Atomics.notify(signals, SIGNALS.moved);
}

function tell(message: FromSpool): void {
  port.postMessage(message);
  moved();
}

const lock = new FolderLock(dir);
const jobs = new SpoolJobs({
  folder: new SpoolFolder({ dir, maxBytes, fsync, dropped: (below) => tell({ dropped: below }) }),
  lock,
  dir,
  tell,
  busy: (busy) => {
    Atomics.store(signals, SIGNALS.busy, busy ? 1 : 0);
    Atomics.notify(signals, SIGNALS.busy);
  },
  done: () => {
    Atomics.add(signals, SIGNALS.done, 1);
    moved();
  },
});

port.on('message', (job: ToSpool) => jobs.add(job));
setInterval(() => {
  try {
    lock.beat();
  } catch (thrown) {
    tell({ failed: thrown as Error });
  }
}, HEARTBEAT_MS).unref();
tell({ waiting: true });
jobs.run();
