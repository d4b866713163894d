import { mkdtemp, open, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainBytes } from './plain-bytes';
import { type SeekableBytes, type StreamedBytes } from './stored-bytes';

/** What is read backward is kept in memory up to here, and in a temporary file beyond. */
const MEMORY_BYTES = 16 * 1024 * 1024;

/**
 * Makes streamed bytes seekable, so that they can be read from their end. The temporary file is readable by its
 * owner alone, and has no name any more while it is in use (but on Windows). What follows a damage is missing:
 * `damage` tells.
 */
export async function spill(bytes: StreamedBytes): Promise<SeekableBytes & { readonly damage: unknown }> {
  const kept: Buffer[] = [];
  let size = 0;
  let damage: unknown;
  let file: TemporaryFile | undefined;
  try {
    for await (const chunk of bytes.chunks()) {
      kept.push(chunk);
      size += chunk.length;
      if (size <= MEMORY_BYTES) continue;
      file ??= await temporaryFile();
      for (const one of kept.splice(0)) await file.handle.appendFile(one);
    }
  } catch (thrown) {
    damage = thrown;
  }
  const memory = Buffer.concat(kept);
  if (file === undefined) return { kind: 'seekable', ...inMemory(memory), damage };
  const { handle } = file;
  await handle.appendFile(memory);
  const plain = await PlainBytes.of(handle);
  return {
    kind: 'seekable',
    size,
    damage,
    read: (position, length) => plain.read(position, length),
    close: () => file.remove(),
  };
}

function inMemory(bytes: Buffer): Omit<SeekableBytes, 'kind'> {
  return {
    size: bytes.length,
    read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
    close: () => Promise.resolve(),
  };
}

interface TemporaryFile {
  readonly handle: Awaited<ReturnType<typeof open>>;
  remove(): Promise<void>;
}

async function temporaryFile(): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), 'mxl-read-'));
  const path = join(folder, 'archive');
  const handle = await open(path, 'wx+', 0o600);
  if (process.platform !== 'win32') {
    await unlink(path);
    await rm(folder, { recursive: true });
  }
  const remove = async (): Promise<void> => {
    await handle.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { handle, remove };
}
