import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type CheckpointLine, parseSealLine, SEAL_PREFIX } from './seal-line';

const STEP_BYTES = 1024 * 1024;
const CHECKPOINT = Buffer.from(`${SEAL_PREFIX}checkpoint"`);

/** Bytes that can be read at any place: a file, or what came out of an archive. */
interface Source {
  readonly size: number;
  read(begin: number, end: number): Buffer;
}

/** The last checkpoint of some files that was accepted, and the lines behind what it covers. */
export interface LogTail {
  readonly last: CheckpointLine | undefined;
  /** Calls back with each line that the checkpoint does not cover, or with every line where there is none. */
  readonly eachLine: (visit: (line: Buffer) => void) => void;
}

/**
 * Finds the last checkpoint in the files of a log, from the end backwards, so that no more is read than has to be.
 *
 * @param accept - whether that checkpoint is to be gone on from; may throw to stop
 */
export function readTail(files: readonly string[], accept: (line: CheckpointLine) => boolean): LogTail {
  for (const [at, file] of [...files.entries()].reverse()) {
    const found = withSource(file, (source) => findLast(source, accept));
    if (found === undefined) continue;
    const { line } = found;
    // A signature that was waited for stands behind lines that it does not cover.
    const place = stepBack(files, { at, begin: found.begin }, line.index - line.checkpoint.size);
    if (place !== undefined)
      return { last: line, eachLine: (visit) => eachLine(files.slice(place.at), place.begin, visit) };
  }
  return { last: undefined, eachLine: (visit) => eachLine(files, 0, visit) };
}

interface Place {
  /** Which of the files. */
  readonly at: number;
  /** Where in it a line begins. */
  readonly begin: number;
}

/** The beginning of the line so many lines ahead; undefined where the files begin before. */
function stepBack(files: readonly string[], { at, begin }: Place, lines: number): Place | undefined {
  if (lines === 0) return { at, begin };
  const file = files[at];
  if (file === undefined) return undefined;
  let left = lines;
  const found = withSource(file, (source) => {
    // The break at the end of the line just ahead does not count; the one before that line does.
    for (let end = Math.min(begin, source.size) - 1; end > 0; end -= STEP_BYTES) {
      const next = Math.max(0, end - STEP_BYTES);
      const bytes = source.read(next, end);
      for (let on = bytes.lastIndexOf(10); on >= 0; on = on === 0 ? -1 : bytes.lastIndexOf(10, on - 1)) {
        left -= 1;
        if (left === 0) return { at, begin: next + on + 1 };
      }
    }
    if (begin > 0) left -= 1;
    return left === 0 ? { at, begin: 0 } : undefined;
  });
  return found ?? stepBack(files, { at: at - 1, begin: Infinity }, left);
}

function findLast(
  source: Source,
  accept: (line: CheckpointLine) => boolean,
): { line: CheckpointLine; begin: number } | undefined {
  let bytes: Buffer = Buffer.alloc(0);
  let begin = source.size;
  // Lines that have been looked at are not kept: what is left is the beginning of a line that began further ahead.
  while (begin > 0) {
    const next = Math.max(0, begin - Math.max(STEP_BYTES, bytes.length));
    bytes = Buffer.concat([source.read(next, begin), bytes]);
    begin = next;
    for (let at = bytes.lastIndexOf(CHECKPOINT); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(CHECKPOINT, at - 1)) {
      const end = bytes.indexOf(10, at);
      if (end < 0 || (begin + at > 0 && bytes[at - 1] !== 10)) continue;
      const line = parseSealLine(bytes.toString('utf8', at, end));
      if (line !== undefined && 'note' in line && accept(line)) return { line, begin: begin + at };
    }
    const firstBreak = bytes.indexOf(10);
    if (firstBreak >= 0) bytes = bytes.subarray(0, firstBreak + 1);
  }
  return undefined;
}

function eachLine(files: readonly string[], begin: number, visit: (line: Buffer) => void): void {
  for (const [at, file] of files.entries()) {
    withSource(file, (source) => {
      let rest: Buffer = Buffer.alloc(0);
      for (let from = at === 0 ? begin : 0; from < source.size; from += STEP_BYTES) {
        const bytes = Buffer.concat([rest, source.read(from, Math.min(source.size, from + STEP_BYTES))]);
        let start = 0;
        for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
          visit(bytes.subarray(start, end));
          start = end + 1;
        }
        rest = bytes.subarray(start);
      }
      // A line that a crash has torn: the next write ends it, and begins its own.
      if (rest.length > 0) visit(rest);
    });
  }
}

function withSource<T>(file: string, use: (source: Source) => T): T {
  if (/\.(?:gz|br)$/.test(file)) {
    const packed = readFileSync(file);
    const bytes = file.endsWith('.gz') ? gunzipSync(packed) : brotliDecompressSync(packed);
    return use({ size: bytes.length, read: (begin, end) => bytes.subarray(begin, end) });
  }
  const fd = openSync(file, 'r');
  try {
    return use({ size: fstatSync(fd).size, read: (begin, end) => readRange(fd, begin, end) });
  } finally {
    closeSync(fd);
  }
}

function readRange(fd: number, begin: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(end - begin);
  let read = 0;
  while (read < bytes.length) {
    const count = readSync(fd, bytes, read, bytes.length - read, begin + read);
    if (count === 0) break;
    read += count;
  }
  return bytes.subarray(0, read);
}
