import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Every log file below a folder, oldest name first. Hidden ones are the book-keeping of some loggers. */
export function logFiles(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !basename(entry.name).startsWith('.'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

export function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch (error) {
    if (error.code === 'ENOENT') return 0; // renamed by a rotation since it was listed
    throw error;
  }
}

export function bytesIn(directory) {
  return logFiles(directory).reduce((sum, file) => sum + sizeOf(file), 0);
}
