import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { ComplianceError } from '../errors';

const CHUNK_BYTES = 262_144;

/** No line of a log is longer: records are cut at 1 MiB, the longest checkpoint takes some 2 MiB. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Why a file could not be read to its end. */
type ReadProblem = 'damaged' | 'cut off' | 'line too long';

/** How a file ended. */
export interface FileEnd {
  /** The last bytes, when no line break follows them. */
  readonly rest: Buffer | undefined;
  readonly problem: ReadProblem | undefined;
}

/**
 * A line of a file: it lies in `bytes` from `start` up to `end`. The byte in front of it is zero, as a leaf begins. Not
 * to be kept.
 */
export type VisitLine = (bytes: Buffer, start: number, end: number) => void;

/**
 * Reads a file line by line, unpacked when it is an archive: gzip and zstd by what is in it, brotli, which has no mark,
 * by its name `.br`. What is no archive after all, or a cut one, is told by the result.
 *
 * @throws the system's error when the file cannot be read
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for zstd where this Node has none
 */
export async function readLines(path: string, visit: VisitLine): Promise<FileEnd> {
  let rest: Buffer = Buffer.alloc(0);
  let problem: ReadProblem | undefined;
  try {
    for await (const chunk of (await openLog(path)) as AsyncIterable<Buffer>) {
      rest = visitChunk(rest, chunk, visit);
      if (rest.length <= MAX_LINE_BYTES) continue;
      problem = 'line too long';
      break;
    }
  } catch (thrown) {
    problem = problemOf(thrown as NodeJS.ErrnoException);
  }
  return { rest: rest.length === 0 ? undefined : rest, problem };
}

function visitChunk(rest: Buffer, chunk: Buffer, visit: VisitLine): Buffer {
  // One byte in front, which the first line needs.
  const bytes = Buffer.allocUnsafe(1 + rest.length + chunk.length);
  bytes[0] = 0;
  rest.copy(bytes, 1);
  chunk.copy(bytes, 1 + rest.length);
  let start = 1;
  for (let end = bytes.indexOf(10, 1 + rest.length); end >= 0; end = bytes.indexOf(10, start)) {
    visit(bytes, start, end);
    bytes[end] = 0;
    start = end + 1;
  }
  return bytes.subarray(start);
}

async function openLog(path: string): Promise<Readable> {
  const file = await open(path);
  let magic: Buffer;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    magic = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const unpack = chooseUnpacker(path, magic);
  return unpack === undefined ? source : pipeline(source, unpack, () => undefined);
}

function chooseUnpacker(path: string, magic: Buffer): (NodeJS.ReadWriteStream & Readable) | undefined {
  const options = { chunkSize: CHUNK_BYTES };
  if (magic.length >= 2 && magic.readUInt16BE(0) === 0x1f8b) return zlib.createGunzip(options);
  if (magic.length === 4 && magic.readUInt32LE(0) === 0xfd2fb528) {
    // Node 22.15 and later.
    const create = (zlib as { createZstdDecompress?: typeof zlib.createGunzip }).createZstdDecompress;
    if (create === undefined)
      throw new ComplianceError('MXL_SEAL_MALFORMED', `${path}: this Node cannot read zstd; unpack the file first`);
    return create(options);
  }
  return path.endsWith('.br') ? zlib.createBrotliDecompress(options) : undefined;
}

function problemOf(error: NodeJS.ErrnoException): ReadProblem {
  // zlib says a cut end with codes of its own kinds.
  if (error.code === 'Z_BUF_ERROR' || /unexpected end/i.test(error.message)) return 'cut off';
  if (/^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING|ZSTD_)/.test(error.code ?? '') || /zstd|brotli/i.test(error.message))
    return 'damaged';
  throw error;
}
