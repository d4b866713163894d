import { lineTime } from './line-time';
import { splitLines } from './split-lines';
import { chunksFrom, type SeekableBytes, type StoredBytes } from './stored-bytes';

/** Closer than this, reading on is cheaper than another look. */
const CLOSE_BYTES = 64 * 1024;
const LOOK_BYTES = 16 * 1024;
const NEWLINE = 10;

/** Positions in a log, both at the beginning of a line or at the end. */
export interface TimePlace {
  /** Every line before it is older. */
  readonly low: number;
  /** No line from here on is older, and the first has a time of its own. */
  readonly high: number;
}

/** Where the lines of `timeMs` and later begin, closely, by bisection. Takes the times of lines to grow. */
export async function seekTime(bytes: SeekableBytes, timeMs: number): Promise<TimePlace> {
  let low = 0;
  let high = bytes.size;
  while (high - low > CLOSE_BYTES) {
    const middle = Math.floor((low + high) / 2);
    const found = await firstTimedLine(bytes, middle, high);
    if (found === undefined || found.timeMs >= timeMs) high = middle;
    else low = found.offset;
  }
  const behind = await firstTimedLine(bytes, Math.max(0, high - 1), bytes.size);
  return { low, high: behind?.offset ?? bytes.size };
}

/** The first whole line in `[from, to)` that says its time; `from` may be within a line. */
async function firstTimedLine(
  bytes: SeekableBytes,
  from: number,
  to: number,
): Promise<{ offset: number; timeMs: number } | undefined> {
  let start = from;
  let rest: Buffer = Buffer.alloc(0);
  let inLine = true; // until the first break nothing is known to be a whole line
  for (let at = from; at < to;) {
    const block = await bytes.read(at, Math.min(LOOK_BYTES, to - at));
    if (block.length === 0) return undefined;
    at += block.length;
    rest = rest.length === 0 ? block : Buffer.concat([rest, block]);
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      const timeMs = inLine ? NaN : lineTime(rest.subarray(0, end));
      if (!Number.isNaN(timeMs)) return { offset: start, timeMs };
      inLine = false;
      start += end + 1;
      rest = rest.subarray(end + 1);
    }
  }
  return undefined;
}

/** How far a look for the first time goes: past a head of comments, not through a file without times. */
const FIRST_TIME_LINES = 1000;

/** The time of the first line that says one; undefined when none of the first thousand does. */
export async function firstTime(bytes: StoredBytes): Promise<number | undefined> {
  let looked = 0;
  for await (const lines of splitLines(chunksFrom(bytes, 0), 0)) {
    for (const line of lines) {
      const timeMs = lineTime(line.bytes);
      if (!Number.isNaN(timeMs)) return timeMs;
      if (++looked >= FIRST_TIME_LINES) return undefined;
    }
  }
  return undefined;
}
