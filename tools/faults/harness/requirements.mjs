import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hasServers } from '../remote/real-servers.mjs';

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Preloaded into a program, it shifts its clocks. Debian's package `libfaketime`. */
export const LIBFAKETIME = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib64/faketime/libfaketimeMT.so.1',
].find((path) => existsSync(path));

const isRoot = process.getuid?.() === 0;

/** What a scenario may need of the machine. Without it its row says so instead of passing or failing. */
const requirements = {
  root: () => isRoot,
  linux: () => process.platform === 'linux',
  mkfifo: () => process.platform !== 'win32' && works('mkfifo', '--version'),
  strace: () => works('strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=none', 'true'),
  ip: () => works('ip', 'netns', 'list'),
  servers: () => hasServers(),
  openssl: () => works('openssl', 'version'),
  prlimit: () => works('prlimit', '--version'),
  logrotate: () => works('logrotate', '--version'),
  libfaketime: () => LIBFAKETIME !== undefined,
  // A file system in a file: root, mkfs and a loop device.
  loop: () => isRoot && works('mkfs.ext4', '-V') && works('fsfreeze', '--version') && works('losetup', '-f'),
  setpriv: () => !isRoot || works('setpriv', '--reuid', '65534', '--clear-groups', 'true'),
};

const known = new Map();

/** The first requirement that this machine does not meet. */
export function missingOf(needs) {
  return needs.find((need) => {
    if (!known.has(need)) known.set(need, requirements[need]());
    return !known.get(need);
  });
}
