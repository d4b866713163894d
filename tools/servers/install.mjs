import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

const POLICY = '/usr/sbin/policy-rc.d';
const TRIES = 4;

/** Installs Debian packages, as root or by sudo without a password, and lets none of their services start by itself. */
export function install(packages) {
  const missing = [...new Set(packages)].filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  forbidServices();
  for (let attempt = 1; ; attempt += 1) {
    // A list that cannot be renewed may still be good enough: one source of many that is away is no reason to give up.
    apt('update');
    if (apt('install', '-y', '--no-install-recommends', ...missing)) return;
    if (attempt === TRIES) throw new Error(`could not install ${missing.join(', ')}`);
    spawnSync('sleep', [String(attempt * 5)]);
  }
}

function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return stdout === 'installed';
}

function apt(...words) {
  // A registry that stalls must not hold up everything: apt itself gives up after a while, and tries again.
  const patience = ['-o', 'Acquire::Retries=3', '-o', 'Acquire::http::Timeout=20', '-o', 'DPkg::Lock::Timeout=60'];
  return asRoot('env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...patience, ...words) === 0;
}

/** Debian starts what it installs, unless this file says no. A machine that has one already knows what it wants. */
function forbidServices() {
  if (existsSync(POLICY)) return;
  if (process.getuid() === 0) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  else asRoot('sh', '-c', `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`);
}

function asRoot(...words) {
  const [command, ...args] = process.getuid() === 0 ? words : ['sudo', '-n', ...words];
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`${command}: ${error.message}`);
  return status;
}
