import { scenario as bigFile } from '../scenarios/big-file.mjs';
import { scenario as clockSteps } from '../scenarios/clock-steps.mjs';
import { scenario as crash } from '../scenarios/crash.mjs';
import { scenario as descriptorsExhausted } from '../scenarios/descriptors-exhausted.mjs';
import { scenario as devFull } from '../scenarios/dev-full.mjs';
import { scenario as diskErrors } from '../scenarios/disk-errors.mjs';
import { scenario as diskFull } from '../scenarios/disk-full.mjs';
import { scenario as emptiedLoop } from '../scenarios/emptied-loop.mjs';
import { scenario as endThenFinish } from '../scenarios/end-then-finish.mjs';
import { scenario as endWithBacklog } from '../scenarios/end-with-backlog.mjs';
import { scenario as exitMatrix } from '../scenarios/exit-matrix.mjs';
import { scenario as failureListenerThatLogs } from '../scenarios/failure-listener-that-logs.mjs';
import { scenario as findOneMinute } from '../scenarios/find-one-minute.mjs';
import { scenario as folderReplaced } from '../scenarios/folder-replaced.mjs';
import { scenario as frozenDisk } from '../scenarios/frozen-disk.mjs';
import { scenario as fsyncFails } from '../scenarios/fsync-fails.mjs';
import { scenario as gzipRace } from '../scenarios/gzip-race.mjs';
import { scenario as hostileValues } from '../scenarios/hostile-values.mjs';
import { scenario as hungDestinations } from '../scenarios/hung-destinations.mjs';
import { scenario as hungDisk } from '../scenarios/hung-disk.mjs';
import { scenario as inodesExhausted } from '../scenarios/inodes-exhausted.mjs';
import { scenario as killAtRandom } from '../scenarios/kill-at-random.mjs';
import { scenario as killWhileCompressing } from '../scenarios/kill-while-compressing.mjs';
import { scenario as liveFileDeleted } from '../scenarios/live-file-deleted.mjs';
import { scenario as noPermission } from '../scenarios/no-permission.mjs';
import { scenario as outsideLogrotate } from '../scenarios/outside-logrotate.mjs';
import { scenario as processExit } from '../scenarios/process-exit.mjs';
import { scenario as readOnlyRemount } from '../scenarios/read-only-remount.mjs';
import { scenario as remote } from '../scenarios/remote.mjs';
import { scenario as remoteFlow } from '../scenarios/remote-flow.mjs';
import { scenario as remoteNetwork } from '../scenarios/remote-network.mjs';
import { scenario as remoteServer } from '../scenarios/remote-server.mjs';
import { scenario as remoteSpool } from '../scenarios/remote-spool.mjs';
import { scenario as retention } from '../scenarios/retention.mjs';
import { scenario as severalWriters } from '../scenarios/several-writers.mjs';
import { scenario as shortWrite } from '../scenarios/short-write.mjs';
import { scenario as siblingFails } from '../scenarios/sibling-fails.mjs';
import { scenario as siblingNeverCallsBack } from '../scenarios/sibling-never-calls-back.mjs';
import { scenario as siblingThrows } from '../scenarios/sibling-throws.mjs';
import { scenario as sigkillAudit } from '../scenarios/sigkill-audit.mjs';
import { scenario as sigkillWindow } from '../scenarios/sigkill-window.mjs';
import { scenario as signalInABurst } from '../scenarios/signal-in-a-burst.mjs';
import { scenario as sizeRotation } from '../scenarios/size-rotation.mjs';
import { scenario as slowDisk } from '../scenarios/slow-disk.mjs';
import { scenario as stdoutClosed } from '../scenarios/stdout-closed.mjs';
import { scenario as stdoutStalled } from '../scenarios/stdout-stalled.mjs';
import { scenario as templateFiles } from '../scenarios/template-files.mjs';
import { scenario as unusualNames } from '../scenarios/unusual-names.mjs';
import { scenario as writeLatency } from '../scenarios/write-latency.mjs';

/** Every scenario, in the order of the table. */
export const catalogue = [
  siblingNeverCallsBack,
  siblingThrows,
  siblingFails,
  hungDestinations,
  hungDisk,
  frozenDisk,
  slowDisk,
  writeLatency,
  diskFull,
  shortWrite,
  inodesExhausted,
  descriptorsExhausted,
  diskErrors,
  fsyncFails,
  readOnlyRemount,
  devFull,
  noPermission,
  liveFileDeleted,
  folderReplaced,
  outsideLogrotate,
  processExit,
  endThenFinish,
  endWithBacklog,
  emptiedLoop,
  crash,
  signalInABurst,
  sigkillAudit,
  sigkillWindow,
  exitMatrix,
  templateFiles,
  sizeRotation,
  clockSteps,
  unusualNames,
  bigFile,
  gzipRace,
  killWhileCompressing,
  killAtRandom,
  retention,
  severalWriters,
  findOneMinute,
  stdoutClosed,
  stdoutStalled,
  hostileValues,
  failureListenerThatLogs,
];

/** Rows of `--remote`: the network in place of the disk. */
export const remoteCatalogue = [remote, remoteServer, remoteNetwork, remoteSpool, remoteFlow];
