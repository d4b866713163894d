import { type SpoolFs } from './spool-fs';

/** Makes a new name in a folder survive a power cut, where the system knows such a thing. */
export function syncFolder(path: string, fs: SpoolFs): void {
  if (process.platform === 'win32') return;
  const fd = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
