import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A user without any rights. */
export const NOBODY = 65_534;

export const isRoot = process.getuid?.() === 0;

/** Whether another user may run Node on these files: root's tests have to give up their rights in a child process. */
export function nobodyCanRunHere(): boolean {
  const { status } = spawnSync(process.execPath, ['--check', join(__dirname, 'log-and-exit.cjs')], {
    uid: NOBODY,
    gid: NOBODY,
  });
  return status === 0;
}

/** Mounts a small file system in memory. */
export function mountTmpfs(path: string, size: string): void {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
}

export function growTmpfs(path: string, size: string): void {
  execFileSync('mount', ['-o', `remount,size=${size}`, path]);
}

export function unmount(path: string): void {
  execFileSync('umount', ['--lazy', path]);
}
