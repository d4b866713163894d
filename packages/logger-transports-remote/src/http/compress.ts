import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Compression = 'none' | 'gzip' | 'br';

export const COMPRESSION_SCHEMA = { enum: ['none', 'gzip', 'br'] };

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

/** A body as it travels, and the header that says so (RFC 9110, section 8.4). */
export async function compress(
  body: string | Buffer,
  compression: Compression,
): Promise<{ body: Buffer; headers: Record<string, string> }> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (compression === 'none') return { body: bytes, headers: {} };
  // Brotli's own default quality is for files that are packed once and read for years.
  const packed =
    compression === 'gzip'
      ? await gzipped(bytes, { level: 1 })
      : await brotlied(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return { body: packed, headers: { 'Content-Encoding': compression } };
}
