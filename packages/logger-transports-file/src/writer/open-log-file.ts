import { fstatSync, openSync, type Stats } from 'node:fs';
import { type ChunkSealer } from '../encryption/chunk-sealer';
import { closeQuietly } from './close-quietly';
import { type FileEnd, findEnd } from './find-end';
import { OPEN_FLAGS } from './open-flags';

/** A file that is open for appending, as it was found. */
export interface OpenedFile {
  readonly fd: number;
  readonly stats: Stats;
  readonly regular: boolean;
  /** Whether the file system says by the count of links that a file has been deleted. */
  readonly countsLinks: boolean;
  readonly end: FileEnd;
}

/** @throws what the operating system says; then nothing is open */
export function openLogFile(path: string, sealer: ChunkSealer | undefined): OpenedFile {
  const fd = openSync(path, OPEN_FLAGS);
  try {
    const stats = fstatSync(fd);
    const regular = stats.isFile();
    const end = findEnd({ path, fd, size: regular ? stats.size : 0 }, sealer);
    return { fd, stats, regular, countsLinks: regular && stats.nlink > 0, end };
  } catch (thrown) {
    closeQuietly(fd);
    throw thrown;
  }
}
