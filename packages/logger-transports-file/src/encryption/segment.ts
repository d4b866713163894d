import { type KeyObject, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { FileError } from '../errors';

/** An encrypted file begins with it, and so does each of its segments. */
export const MAGIC = Buffer.from('MXLENC1\n');
export const TAG_BYTES = 16;
const FILE_ID_BYTES = 16;
const SALT_BYTES = 32;
const CHECK_BYTES = 16;
const KEY_BYTES = 32;
/** Behind the key id: file id, number, salt, link, check. */
const FIXED_BYTES = FILE_ID_BYTES + 4 + SALT_BYTES + TAG_BYTES + CHECK_BYTES;
export const MAX_KEY_ID_BYTES = 255;
/** What a segment's header takes at most. */
export const MAX_HEADER_BYTES = MAGIC.length + 1 + MAX_KEY_ID_BYTES + FIXED_BYTES;

/**
 * The chunks that one opening of a file has written (docs/adr/0008). Each opening draws a salt, and a key is derived
 * from it: whatever was written before, even what a crash has taken back, no nonce is used twice under one key.
 */
export interface Segment {
  readonly keyId: string;
  /** The same in all segments of a file. */
  readonly fileId: Buffer;
  /** Counts the segments of a file from 0. */
  readonly number: number;
  readonly salt: Buffer;
  /** The sixteen bytes before it, which end the segment before it: none can be taken out. */
  readonly link: Buffer;
  /** Tells a wrong key from a damage. */
  readonly check: Buffer;
  /** As it stands in the file; what all its chunks are bound to. */
  readonly header: Buffer;
}

/** What a new segment follows; undefined for a new file. */
export type SegmentBefore = Pick<Segment, 'fileId' | 'number'> & { readonly link: Buffer };

export function makeSegment(keyId: string, key: KeyObject, before: SegmentBefore | undefined): Segment {
  const id = Buffer.from(keyId);
  const fileId = before?.fileId ?? randomBytes(FILE_ID_BYTES);
  const number = before === undefined ? 0 : before.number + 1;
  const salt = randomBytes(SALT_BYTES);
  const link = before?.link ?? Buffer.alloc(TAG_BYTES);
  const check = derive(key, salt, 'check', CHECK_BYTES);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(number);
  const header = Buffer.concat([MAGIC, Buffer.of(id.length), id, fileId, count, salt, link, check]);
  return { keyId, fileId, number, salt, link, check, header };
}

/** Reads a header; undefined when the bytes end within it. They begin with {@link MAGIC}. */
export function parseSegment(bytes: Buffer): Segment | undefined {
  const idLength = bytes[MAGIC.length] ?? 0;
  const start = MAGIC.length + 1 + idLength;
  if (bytes.length < start + FIXED_BYTES) return undefined;
  const header = Buffer.from(bytes.subarray(0, start + FIXED_BYTES));
  let at = start;
  const take = (length: number): Buffer => header.subarray(at, (at += length));
  const keyId = header.toString('utf8', MAGIC.length + 1, start);
  const [fileId, count, salt, link] = [take(FILE_ID_BYTES), take(4), take(SALT_BYTES), take(TAG_BYTES)];
  return { keyId, fileId, number: count.readUInt32BE(), salt, link, check: take(CHECK_BYTES), header };
}

/** @throws FileError `MXL_FILE_KEY_WRONG`, which names the key id */
export function segmentKey({ keyId, salt, check }: Segment, key: KeyObject): Buffer {
  if (!timingSafeEqual(derive(key, salt, 'check', CHECK_BYTES), check)) {
    throw new FileError(
      'MXL_FILE_KEY_WRONG',
      `the key given for the key id '${keyId}' is not the one it was written with`,
    );
  }
  return derive(key, salt, 'chunk', KEY_BYTES);
}

/** HKDF-SHA-256 (RFC 5869). */
function derive(key: KeyObject, salt: Buffer, use: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, `metaexpert log ${use}`, length));
}
