/** What a file holds, once it is decompressed and decrypted. */
export type StoredBytes = SeekableBytes | StreamedBytes;

/** Bytes that can be read anywhere: a plain file, an encrypted one, a small or spilled archive. */
export interface SeekableBytes {
  readonly kind: 'seekable';
  /** As it was when it was opened. */
  readonly size: number;
  /** The bytes from there on, fewer only at the end. */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Bytes that come from the beginning only: a compressed file. */
export interface StreamedBytes {
  readonly kind: 'streamed';
  /** May be called again, once the last one is over. */
  chunks(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

const CHUNK_BYTES = 256 * 1024;

/** All chunks from a position to the end. */
export async function* chunksFrom(bytes: StoredBytes, position: number): AsyncGenerator<Buffer> {
  if (bytes.kind === 'streamed') {
    yield* bytes.chunks();
    return;
  }
  for (let at = position; at < bytes.size;) {
    const chunk = await bytes.read(at, Math.min(CHUNK_BYTES, bytes.size - at));
    if (chunk.length === 0) return; // somebody has cut the file
    at += chunk.length;
    yield chunk;
  }
}
