import { FileError } from '../errors';
import { type SeekableBytes } from './stored-bytes';

/** A line's bytes, without its break. They share memory with their neighbours: for use at once. */
export interface RawLine {
  readonly bytes: Buffer;
  readonly offset: number;
  /** Whether its break is there. */
  readonly whole: boolean;
}

/** Ours are cut at 1 MiB. What has no line break for longer is no log, and must not fill the memory. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
const NEWLINE = 10;
const BLOCK_BYTES = 256 * 1024;

/** Lines in order, empty ones left out, as many at a time as a chunk ends; the last one may lack its break. `offset` is the first chunk's. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, offset: number): AsyncGenerator<RawLine[]> {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  for await (const chunk of chunks) {
    const lines: RawLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const tail = chunk.subarray(start, end);
      const bytes = carriedBytes === 0 ? tail : Buffer.concat([...carried, tail]);
      if (bytes.length > 0) lines.push({ bytes, offset, whole: true });
      offset += bytes.length + 1;
      if (carriedBytes > 0) [carried, carriedBytes] = [[], 0];
      start = end + 1;
    }
    if (start < chunk.length) {
      carried.push(chunk.subarray(start));
      carriedBytes = checkedLength(carriedBytes + chunk.length - start);
    }
    if (lines.length > 0) yield lines;
  }
  if (carriedBytes > 0) yield [{ bytes: Buffer.concat(carried), offset, whole: false }];
}

/** Lines from the last before `from`, a line's beginning, to the first, empty ones left out; memory holds a block, or one line where that is longer. */
export async function* splitLinesBackward(bytes: SeekableBytes, from: number): AsyncGenerator<RawLine[]> {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  for (let end = from; end > 0;) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const block = await bytes.read(start, end - start);
    const lines: RawLine[] = [];
    let stop = block.length;
    for (let at = lastBreak(block, stop); at >= 0; at = lastBreak(block, at)) {
      const head = block.subarray(at + 1, stop);
      const line = carriedBytes === 0 ? head : Buffer.concat([head, ...carried.reverse()]);
      if (carriedBytes > 0) [carried, carriedBytes] = [[], 0];
      if (line.length > 0) lines.push({ bytes: line, offset: start + at + 1, whole: start + stop < from });
      stop = at;
    }
    if (stop > 0) {
      carried.push(block.subarray(0, stop));
      carriedBytes = checkedLength(carriedBytes + stop);
    }
    if (lines.length > 0) yield lines;
    end = start;
  }
  if (carriedBytes > 0) yield [{ bytes: Buffer.concat(carried.reverse()), offset: 0, whole: true }];
}

function lastBreak(block: Buffer, before: number): number {
  return before === 0 ? -1 : block.lastIndexOf(NEWLINE, before - 1);
}

function checkedLength(bytes: number): number {
  if (bytes <= MAX_LINE_BYTES) return bytes;
  throw new FileError('MXL_FILE_DAMAGED', `no line break in ${MAX_LINE_BYTES} bytes: this is no log`);
}
