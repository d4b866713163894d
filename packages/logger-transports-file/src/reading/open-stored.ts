import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type Codec, codecOfFile, COMPRESSED_SUFFIXES } from '../compression/codec';
import { EncryptedBytes } from '../encryption/encrypted-bytes';
import { type KeyRing } from '../encryption/key-ring';
import { MAGIC } from '../encryption/segment';
import { FileError } from '../errors';
import { PlainBytes } from './plain-bytes';
import { type StoredBytes, type StreamedBytes } from './stored-bytes';

export type OpenStored = (path: string) => Promise<StoredBytes>;

/** Opens a log file: compressed, which its name tells, encrypted, which its beginning tells, or plain. */
export async function openStored(path: string, keys: KeyRing): Promise<StoredBytes> {
  const handle = await open(path, 'r');
  const codec = codecOfFile(path);
  if (codec !== undefined) return streamed(path, handle, codec);
  try {
    const unknown = COMPRESSED_SUFFIXES.some((suffix) => path.endsWith(suffix));
    if (unknown)
      throw new FileError('MXL_FILE_UNREADABLE', `${path}: this Node cannot decompress it (22.15 knows zstd)`);
    const plain = await PlainBytes.of(handle);
    const encrypted = (await plain.read(0, MAGIC.length)).equals(MAGIC);
    return encrypted ? await EncryptedBytes.of(path, plain, keys) : plain;
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** Holds the file open, so that it can be read although retention deletes it meanwhile. */
function streamed(path: string, handle: FileHandle, codec: Codec): StreamedBytes {
  return {
    kind: 'streamed',
    async *chunks() {
      const options = { fd: handle, start: 0, autoClose: false, highWaterMark: 256 * 1024 };
      const source = createReadStream(path, options);
      const plain = codec.decompressor();
      source.on('error', (error) => plain.destroy(error));
      source.pipe(plain);
      try {
        yield* plain as AsyncIterable<Buffer>;
      } catch (thrown) {
        // What the disk says keeps its code.
        if ((thrown as NodeJS.ErrnoException).syscall !== undefined) throw thrown;
        throw new FileError('MXL_FILE_DAMAGED', `${path}: ${(thrown as Error).message}`, thrown);
      } finally {
        source.destroy();
        plain.destroy();
      }
    },
    close: () => handle.close(),
  };
}
