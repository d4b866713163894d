import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Keeper } from '../keeper/keeper';
import { toPlainError } from '../keeper/messages';
import { Guests } from './guests';
import { LaneWorker, type LaneWorkerParts } from './lane-worker';
import { type FromWriter, STATE, type ToWriter, type WriterData } from './messages';
import { type FileUser, type OwnedFile } from './owned-file';
import { loadStage } from './load-stage';
import { OwnedFiles } from './owned-files';

interface HostedLane {
  readonly lane: LaneWorker;
  readonly user: FileUser;
  readonly file: OwnedFile;
}

/**
 * The thread that owns files. All its file calls are synchronous and its own: neither a hung disk nor the
 * synchronous calls of rotation touch the application's thread or libuv's pool, which all threads share.
 */
const port = parentPort as MessagePort;
const { state, number, directory } = workerData as WriterData;
const files = new OwnedFiles(new Keeper());
const hosted = new Map<number, HostedLane>();
const lanes = new Set<LaneWorker>();
const tell = (message: FromWriter): void => port.postMessage(message);

const guests =
  number === undefined
    ? undefined
    : new Guests({
        number,
        directory,
        files,
        start: (shared, file, rest) => start({ shared, file, rest, before: [], onCall: countCall }),
        stop,
        changed: (count) => {
          Atomics.store(state, STATE.guests, count);
          if (count === 0) tell({ unneeded: true });
        },
      });

port.on('message', (message: ToWriter) => {
  if (typeof message === 'number') hosted.get(message)?.lane.wake();
  else if ('open' in message) open(message);
  else if ('rotate' in message) {
    const { rotate: id, request, hangUp } = message;
    void hosted
      .get(id)
      ?.lane.rotate(hangUp)
      .then(
        (path) => tell({ rotated: request, ...(path !== undefined && { path }) }),
        (thrown: unknown) => tell({ rotated: request, error: toPlainError(thrown) }),
      );
  } else if ('close' in message) void close(message.close);
  else if ('settle' in message) void settle(message.settle);
  else if (!mayGoOn()) tell({ ended: true });
});

function open({ open: id, shared, settings, stage: parts }: Extract<ToWriter, { open: number }>): void {
  const user: FileUser = { shared, trouble: (error) => tell({ trouble: id, error: toPlainError(error) }) };
  const before = [...hosted.values()].filter(({ file }) => file.settings.path === settings.path);
  const file = files.join(user, settings);
  const stage = parts && loadStage(parts, (message) => tell({ staged: id, message }));
  const lane = start({ shared, file: () => file, stage, rest: () => tell(id), before: before.map((one) => one.lane) });
  hosted.set(id, { lane, user, file });
  guests?.invite();
}

async function close(id: number): Promise<void> {
  const one = hosted.get(id);
  if (one === undefined) return;
  await stop(one.lane);
  // The process may end as soon as its loggers are closed, and nobody waits for a worker thread that is gone.
  await guests?.settle();
  hosted.delete(id);
  await files.leave(one.user, one.file);
  tell({ closed: id, needed: mayGoOn(), left: files.hasGuests(one.file.settings.path) });
}

async function settle(request: number): Promise<void> {
  await guests?.settle();
  Atomics.store(state, STATE.settled, request);
  Atomics.notify(state, STATE.settled);
}

/** A call for a worker thread's lane begins, or ends. */
function countCall(): void {
  Atomics.add(state, STATE.guestCalls, 1);
  Atomics.notify(state, STATE.guestCalls);
}

/** Whether there are lanes still; if not, no others are taken before one is opened. */
function mayGoOn(): boolean {
  const needed = hosted.size > 0 || guests?.any === true;
  if (!needed) guests?.refuse();
  return needed;
}

function start(parts: Omit<LaneWorkerParts, 'crowded'>): LaneWorker {
  const lane: LaneWorker = new LaneWorker({
    ...parts,
    crowded: () => [...lanes].some((other) => other !== lane && other.waiting),
  });
  lanes.add(lane);
  return lane;
}

async function stop(lane: LaneWorker): Promise<void> {
  await lane.end();
  lanes.delete(lane);
}

Atomics.store(state, STATE.ready, 1);
Atomics.notify(state, STATE.ready);
