import { spawnSync } from 'node:child_process';
import { hasServers } from '../remote/real-servers.mjs';

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

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
