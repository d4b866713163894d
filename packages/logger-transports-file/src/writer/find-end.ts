import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { type ChunkSealer } from '../encryption/chunk-sealer';
import { MAGIC } from '../encryption/segment';
import { endsWithLine } from './ends-with-line';

/** How often, and how far apart, a file has to be seen without an end of line to have none. */
const [LOOKS, LOOK_AGAIN_MS] = [3, 5];

/** How a file that was just opened ends, and whether it may be added to. */
export interface FileEnd {
  readonly size: number;
  /** Its last line has no end. */
  readonly torn: boolean;
  /** Plain where it is to be encrypted, or the other way round, or damaged: it has to be put aside. */
  readonly foreign: boolean;
}

/** Looks at the end of a file. A chunk that a crash has cut can never be read: it is taken away. */
export function findEnd(
  { path, fd, size }: { readonly path: string; readonly fd: number; readonly size: number },
  sealer: ChunkSealer | undefined,
): FileEnd {
  if (sealer === undefined) {
    const foreign = size > 0 && beginsEncrypted(path);
    return { size, foreign, torn: size > 0 && !foreign && isTorn(path, fd) };
  }
  const whole = sealer.resume(path, size);
  if (whole === undefined) return { size, foreign: true, torn: false };
  if (whole < size) ftruncateSync(fd, whole);
  return { size: whole, foreign: false, torn: false };
}

/** Another process may be in the middle of a write, whose size is seen before it is over. */
function isTorn(path: string, fd: number): boolean {
  for (let look = 1; look <= LOOKS; look += 1) {
    if (endsWithLine(path, fstatSync(fd).size)) return false;
    if (look < LOOKS) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
  }
  return true;
}

/** A file that may be written but not read is taken to be plain. */
function beginsEncrypted(path: string): boolean {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const start = Buffer.alloc(MAGIC.length);
    readSync(fd, start, 0, start.length, 0);
    return start.equals(MAGIC);
  } catch {
    return false;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
