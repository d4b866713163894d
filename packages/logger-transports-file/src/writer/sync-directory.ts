import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a new name in a directory survive a power cut, where the system knows such a thing. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
