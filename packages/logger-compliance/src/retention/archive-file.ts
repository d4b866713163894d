import { copyFile, mkdir, open, readdir, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { digestFile } from './digest-file';
import { syncFolder } from './sync-folder';

/**
 * Moves a file to the archive folder: copy, fsync, check, and only then the original goes. Cut off at any step, the next
 * run goes on from there. A name that another file has there becomes the next free number, so that order is kept.
 *
 * @returns where it is now
 */
export async function archiveFile(path: string, folder: string, sha256: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const target = join(folder, await freeName(basename(path), folder, sha256));
  if (!(await isFile(target))) {
    // The ending that the file destination gives copies under way, and sweeps up after a crash.
    const copy = `${target}.tmp`;
    await rm(copy, { force: true });
    await copyFile(path, copy);
    const { atime, mtime } = await stat(path);
    await utimes(copy, atime, mtime);
    await syncFile(copy);
    if ((await digestFile(copy)) !== sha256) throw new Error(`the copy of ${path} is not what was copied`);
    await rename(copy, target);
    await syncFolder(folder);
  }
  await unlink(path);
  await syncFolder(dirname(path));
  return target;
}

async function freeName(name: string, folder: string, sha256: string): Promise<string> {
  const taken = join(folder, name);
  if (!(await isFile(taken)) || (await digestFile(taken)) === sha256) return name;
  const [, stem = name, digits = '', suffix = ''] = /^(.*?)(?:\.(\d+))?(\.(?:gz|br|zst))?$/s.exec(name) ?? [];
  const numbers = (await readdir(folder)).flatMap((one) => {
    const match = one.startsWith(`${stem}.`) ? /^(\d+)(?:\.(?:gz|br|zst))?$/.exec(one.slice(stem.length + 1)) : null;
    return match === null ? [] : [Number(match[1])];
  });
  const named = (number: number): string =>
    `${stem}.${String(number).padStart(Math.max(digits.length, 6), '0')}${suffix}`;
  const last = Math.max(0, ...numbers);
  // A crash came between the copy and the end of the original.
  const copied = join(folder, named(last));
  return (await isFile(copied)) && (await digestFile(copied)) === sha256 ? named(last) : named(last + 1);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}
