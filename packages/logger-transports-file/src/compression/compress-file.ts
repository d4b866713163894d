import {
  closeSync,
  existsSync,
  fsyncSync,
  futimesSync,
  openSync,
  renameSync,
  statSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { syncDirectory } from '../writer/sync-directory';
import { isUnchanged } from '../keeper/is-unchanged';
import { type Codec } from './codec';
import { readSlices } from './read-slices';

/**
 * Compresses a file that is no longer written to. The archive appears under its name only when it is whole and
 * synced (temporary file, fsync, rename, fsync of the folder), and the original goes after that: a crash at any moment
 * leaves one of them whole. File calls are synchronous, for a thread of their own; libuv's pool, which all threads
 * share, only ever computes.
 */
export async function compressFile(path: string, codec: Codec, onSlice?: () => void): Promise<void> {
  const archive = `${path}${codec.suffix}`;
  const temporary = `${archive}.tmp`;
  const before = statSync(path);
  try {
    await writeArchive(path, temporary, before, codec, onSlice);
    // Somebody has deleted the original meanwhile, then nobody wants its archive; or writes to it after all.
    if (!isUnchanged(path, before)) {
      unlinkSync(temporary);
      return;
    }
    renameSync(temporary, archive);
  } catch (thrown) {
    discard(temporary);
    if (existsSync(path)) throw thrown;
    return;
  }
  syncDirectory(dirname(path));
  if (isUnchanged(path, before)) unlinkSync(path);
}

async function writeArchive(
  from: string,
  to: string,
  { atime, mtime }: Stats,
  codec: Codec,
  onSlice: (() => void) | undefined,
): Promise<void> {
  const target = openSync(to, 'w');
  try {
    const source = Readable.from(readSlices(from, onSlice));
    const compressor = codec.compressor();
    source.on('error', (error) => compressor.destroy(error));
    for await (const chunk of source.pipe(compressor) as AsyncIterable<Buffer>) writeWhole(target, chunk);
    // Retention goes by age: an archive is as old as what it holds.
    futimesSync(target, atime, mtime);
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
}

function writeWhole(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
}

/** On a full disk the room is needed; what cannot be deleted now is found as a leftover later. */
function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
}
