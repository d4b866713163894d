import { type FileHandle } from 'node:fs/promises';
import { type SeekableBytes } from './stored-bytes';

/** A file whose bytes are read as they are. */
export class PlainBytes implements SeekableBytes {
  readonly kind = 'seekable';
  size = 0;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async of(handle: FileHandle): Promise<PlainBytes> {
    const bytes = new PlainBytes(handle);
    await bytes.measure();
    return bytes;
  }

  async measure(): Promise<number> {
    return (this.size = (await this.#handle.stat()).size);
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
