import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

const POLICY = '/usr/sbin/policy-rc.d';

/** Installs Debian packages as root, without any of their services being started. */
export function install(packages) {
  if (!existsSync(POLICY)) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...new Set(packages));
}

function apt(...words) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', words, { stdio: 'inherit', env });
  if (status !== 0) throw new Error(`apt-get ${words[0]} ended with ${status}`);
}
