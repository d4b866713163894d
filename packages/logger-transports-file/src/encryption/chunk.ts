import { createCipheriv, createDecipheriv } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Segment, TAG_BYTES } from './segment';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const MARK = 0x43;
const DEFLATED = 1;

/** Mark, flags, counter, bytes in plain, bytes as stored. */
export const HEAD_BYTES = 14;
/** What a chunk takes beside its text. */
export const CHUNK_OVERHEAD_BYTES = HEAD_BYTES + TAG_BYTES;
/** The writer's frames are smaller; what claims to be larger is no chunk. */
const MAX_CHUNK_BYTES = 8 * 1024 * 1024;

export interface ChunkHead {
  /** Counts the chunks of a segment from 0. */
  readonly counter: number;
  readonly deflated: boolean;
  readonly plainBytes: number;
  readonly storedBytes: number;
  /** As it stands in the file. */
  readonly bytes: Buffer;
}

/** Encrypts lines; compresses them first where that makes them smaller. */
export function sealChunk(
  plain: Buffer,
  { segment, key, counter, compress }: { segment: Segment; key: Buffer; counter: number; compress: boolean },
): Buffer {
  const deflated = compress ? deflateRawSync(plain) : plain;
  const smaller = deflated.length < plain.length;
  const stored = smaller ? deflated : plain;
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = MARK;
  head[1] = smaller ? DEFLATED : 0;
  head.writeUInt32BE(counter, 2);
  head.writeUInt32BE(plain.length, 6);
  head.writeUInt32BE(stored.length, 10);
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(counter)).setAAD(Buffer.concat([segment.header, head]));
  return Buffer.concat([head, cipher.update(stored), cipher.final(), cipher.getAuthTag()]);
}

/** Reads a chunk's head; undefined when this is none. */
export function parseChunkHead(bytes: Buffer): ChunkHead | undefined {
  if (bytes.length < HEAD_BYTES || bytes[0] !== MARK) return undefined;
  const plainBytes = bytes.readUInt32BE(6);
  const storedBytes = bytes.readUInt32BE(10);
  if (plainBytes > MAX_CHUNK_BYTES || storedBytes > plainBytes) return undefined;
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
  return { counter: bytes.readUInt32BE(2), deflated: bytes[1] === DEFLATED, plainBytes, storedBytes, bytes: head };
}

/**
 * @param sealed - what follows the head: the stored bytes and the tag
 * @throws when a single bit of the chunk, of its head or of its segment's header is not as it was written
 */
export function openChunk(sealed: Buffer, head: ChunkHead, segment: Segment, key: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, nonceOf(head.counter), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([segment.header, head.bytes])).setAuthTag(sealed.subarray(head.storedBytes));
  // Nothing is given away before final() has checked the tag.
  const stored = Buffer.concat([decipher.update(sealed.subarray(0, head.storedBytes)), decipher.final()]);
  return head.deflated ? inflateRawSync(stored, { maxOutputLength: MAX_CHUNK_BYTES }) : stored;
}

function nonceOf(counter: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(counter, NONCE_BYTES - 4);
  return nonce;
}
