import { copyFileSync, mkdirSync } from 'node:fs';
import { mustRun } from './must-run.mjs';

/** An ext4 file system in an image file, mounted on a loop device. */
export function mountImage(image, directory, { megabytes = 32 } = {}) {
  mkdirSync(directory);
  mustRun('truncate', '-s', `${megabytes}m`, image);
  mustRun('mkfs.ext4', '-q', '-O', '^has_journal', image);
  const mount = (from) => {
    mustRun('mount', '-o', 'loop', from, directory);
    mustRun('chmod', '777', directory);
  };
  let mounts = 1;
  mount(image);
  return {
    /** What the kernel does after an error of the device: from now on read-only, also for who has a file open. */
    abort: () => mustRun('mount', '-o', 'remount,abort', directory),
    /** The operator mounts a repaired copy in its place. */
    replace: () => {
      copyFileSync(image, `${image}.repaired`);
      mustRun('sh', '-c', `e2fsck -fy '${image}.repaired' > /dev/null; test $? -le 1`);
      mount(`${image}.repaired`);
      mounts += 1;
    },
    /** Every write waits in the kernel, and cannot be interrupted, until the thaw. */
    freeze: () => mustRun('fsfreeze', '-f', directory),
    thaw: () => mustRun('fsfreeze', '-u', directory),
    unmount: () => {
      for (; mounts > 0; mounts -= 1) mustRun('umount', '-l', directory);
    },
  };
}
