import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  futimesSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** A slice holds the thread up for some 20 ms; between slices records are written. */
const SLICE_BYTES = 1024 * 1024;

/**
 * Compresses a file that is no longer written to. The archive appears under its name only when it is whole and
 * synced (temporary file, fsync, rename), and the original goes after that: a crash at any moment leaves one of
 * them whole. Slices are gzip members of their own, which readers join (RFC 1952, section 2.2).
 */
export async function compressFile(path: string): Promise<void> {
  const archive = `${path}.gz`;
  if (!existsSync(archive)) {
    const temporary = `${archive}.tmp`;
    await writeArchive(path, temporary);
    // Retention may have deleted the original meanwhile: then nobody wants its archive either.
    if (!existsSync(path)) {
      unlinkSync(temporary);
      return;
    }
    renameSync(temporary, archive);
  }
  unlinkSync(path);
}

async function writeArchive(from: string, to: string): Promise<void> {
  const source = openSync(from, 'r');
  const target = openSync(to, 'w');
  try {
    const slice = Buffer.allocUnsafe(SLICE_BYTES);
    for (let read = readSync(source, slice); read > 0; read = readSync(source, slice)) {
      writeSync(target, gzipSync(slice.subarray(0, read)));
      await nextTurn();
    }
    // Retention goes by age: an archive is as old as what it holds.
    const { atime, mtime } = fstatSync(source);
    futimesSync(target, atime, mtime);
    fsyncSync(target);
  } finally {
    closeSync(source);
    closeSync(target);
  }
}
