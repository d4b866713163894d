import { lineTime } from './line-time';
import { LogLine } from './log-line';
import { type LogSeries, type SeriesFile } from './log-series';
import { openToRead, type ReadContext, untilDamage } from './read-context';
import { seekTime } from './seek-time';
import { firstInRange } from './series-files';
import { type RawLine, splitLines } from './split-lines';
import { chunksFrom, type StoredBytes } from './stored-bytes';
import { isWithin } from './time-range';

/** How far a series has been read. */
export interface SeriesPlace {
  /** Number of the last file that is done with; what follows is in the first file behind it. */
  before: number;
  /** Where in that file the first line begins that was not whole. */
  offset: number;
  /** Time of the last line. */
  timeMs: number;
}

/**
 * The lines of a series in order, the oldest first. Files are looked for anew after each, so that what is rotated,
 * compressed or deleted meanwhile is neither missed nor read twice. Ends with what the live file held when it was
 * reached; with a `place`, a last line without a break is left to whoever goes on from there.
 */
export async function* readForward(
  series: LogSeries,
  context: ReadContext,
  place?: SeriesPlace,
): AsyncGenerator<LogLine[]> {
  const { range, times } = context;
  const files = await series.files();
  const start = await firstInRange(files, range, times);
  let before = files[start - 1]?.number ?? -1;
  // The live file is never done with.
  if (place !== undefined) place.before = files.slice(0, start).findLast(isAside)?.number ?? -1;
  let timeMs = -Infinity;
  for (let file = files[start]; file !== undefined; file = await series.after(before)) {
    const bytes = await openToRead(file.path, context);
    if (bytes === 'gone') continue;
    try {
      if (await wasRotated(series, file, before)) continue;
      const live = !isAside(file);
      if (!live && place !== undefined) place.before = file.number;
      before = file.number;
      if (bytes === undefined) continue;
      for await (const lines of untilDamage(rawLines(bytes, context), context)) {
        const wanted: LogLine[] = [];
        for (const { bytes: line, offset, whole } of lines) {
          if (live && place !== undefined) {
            if (!whole) break;
            place.offset = offset + line.length + 1;
          }
          const own = lineTime(line);
          if (!Number.isNaN(own)) timeMs = own;
          if (timeMs > range.toMs + range.toleranceMs) break;
          if (isWithin(timeMs, range)) wanted.push(new LogLine(line.toString(), timeMs, file.path, offset));
        }
        if (place !== undefined) place.timeMs = timeMs;
        if (wanted.length > 0) yield wanted;
        if (timeMs > range.toMs + range.toleranceMs) return;
      }
    } finally {
      await bytes?.close();
    }
  }
}

function isAside({ number }: SeriesFile): boolean {
  return number !== Infinity;
}

/** Between a look and the opening, the live file's name may have gone over to a new file. */
export async function wasRotated(series: LogSeries, file: SeriesFile, before: number): Promise<boolean> {
  return file.number === Infinity && (await series.after(before))?.number !== Infinity;
}

async function* rawLines(bytes: StoredBytes, { range }: ReadContext): AsyncGenerator<RawLine[]> {
  const edgeMs = range.fromMs - range.toleranceMs;
  const start = bytes.kind === 'streamed' || edgeMs === -Infinity ? 0 : (await seekTime(bytes, edgeMs)).low;
  yield* splitLines(chunksFrom(bytes, start), start);
}
