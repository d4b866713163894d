import { closeSync, openSync, readSync } from 'node:fs';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { lineTime } from '../reading/line-time';

const HEAD_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** When the first record of a file was written; undefined when that cannot be told cheaply. */
export function firstTimeMs(path: string): number | undefined {
  try {
    const head = plainHead(path, readHead(path));
    const end = head.indexOf(LINE_FEED);
    const time = end < 0 ? NaN : lineTime(head.subarray(0, end));
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined;
  }
}

function readHead(path: string): Buffer {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, readSync(fd, head));
  } finally {
    closeSync(fd);
  }
}

/** What the first bytes of a compressed file say; zstd's cannot be read by halves, and throw. */
function plainHead(path: string, head: Buffer): Buffer {
  if (path.endsWith('.gz')) return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  if (path.endsWith('.br')) return brotliDecompressSync(head, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
  if (path.endsWith('.zst')) throw new Error('not readable by halves');
  return head;
}
