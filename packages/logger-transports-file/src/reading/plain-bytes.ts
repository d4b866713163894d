import { type FileHandle } from 'node:fs/promises';
import { type SeekableBytes } from './stored-bytes';

/** A file whose bytes are read as they are. */
export class PlainBytes implements SeekableBytes {
  readonly kind = 'seekable';
  readonly size: number;
  readonly #handle: FileHandle;

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  static async of(handle: FileHandle): Promise<PlainBytes> {
    return new PlainBytes(handle, (await handle.stat()).size);
  }

  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
