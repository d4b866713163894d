import { closeSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { codecOfFile } from './codec';

/** Small enough that a thread of libuv's pool, which compresses it, is free again within a few milliseconds. */
const SLICE_BYTES = 128 * 1024;

/**
 * The bytes of a file, as they are stored. Synchronous reads: they belong into a thread of their own, where a hung
 * disk holds nobody else up.
 */
export function* readSlices(path: string, onSlice?: () => void): Generator<Buffer> {
  const fd = openSync(path, 'r');
  try {
    for (;;) {
      const slice = Buffer.allocUnsafeSlow(SLICE_BYTES);
      const read = readSync(fd, slice);
      if (read === 0) return;
      onSlice?.();
      yield slice.subarray(0, read);
    }
  } finally {
    closeSync(fd);
  }
}

/** The bytes of a log file as they were written: decompressed when its name says that it is compressed. */
export async function* readPlain(path: string, onSlice?: () => void): AsyncGenerator<Buffer> {
  const slices = readSlices(path, onSlice);
  const codec = codecOfFile(path);
  if (codec === undefined) {
    yield* slices;
    return;
  }
  const source = Readable.from(slices);
  const plain = codec.decompressor();
  source.on('error', (error) => plain.destroy(error));
  source.pipe(plain);
  try {
    yield* plain as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
  }
}
