import { lineTime } from './line-time';
import { LogLine } from './log-line';
import { type LogSeries, type SeriesFile } from './log-series';
import { openToRead, type ReadContext, tellDamage, untilDamage } from './read-context';
import { seekTime } from './seek-time';
import { countUntilRangeEnd } from './series-files';
import { spill } from './spill';
import { splitLinesBackward } from './split-lines';
import { type SeekableBytes, type StoredBytes } from './stored-bytes';
import { isWithin } from './time-range';

/** Lines without a time wait for the line before them, which tells it; no more of them than this. */
const MAX_WAITING = 10_000;

/** The lines of a series, the youngest first, in bounded memory. Begins with what the live file held at the first look. */
export async function* readBackward(series: LogSeries, context: ReadContext): AsyncGenerator<LogLine[]> {
  const { range, times } = context;
  const { files, live } = await holdStill(series, context);
  try {
    const count = await countUntilRangeEnd(files, range, times);
    for (const file of files.slice(0, count).reverse()) {
      const bytes = file.number === Infinity ? live : await openAside(file, series, context);
      if (bytes === undefined) continue;
      for await (const lines of untilDamage(timedLines(bytes, file.path, context), context)) {
        const wanted = lines.filter(({ timeMs }) => isWithin(timeMs, range));
        if (wanted.length > 0) yield wanted;
        if (lines.some(({ timeMs }) => timeMs > -Infinity && timeMs < range.fromMs - range.toleranceMs)) return;
      }
    }
  } finally {
    await live?.close();
  }
}

/** The files, and the live one opened: looked at twice, lest a rotation in between hides one or shows one twice. */
async function holdStill(
  series: LogSeries,
  context: ReadContext,
): Promise<{ files: SeriesFile[]; live: StoredBytes | undefined }> {
  for (;;) {
    const files = await series.files();
    const last = files.at(-1);
    const live = last?.number === Infinity ? await openToRead(last.path, context) : undefined;
    if (live === 'gone') continue;
    if (youngestAside(files) === youngestAside(await series.files())) return { files, live };
    await live?.close();
  }
}

function youngestAside(files: readonly SeriesFile[]): number | undefined {
  return files.findLast(({ number }) => number !== Infinity)?.number;
}

/** A file put aside; under its new name when it was compressed since, undefined when it was deleted. */
async function openAside(
  { path, number }: SeriesFile,
  series: LogSeries,
  context: ReadContext,
): Promise<StoredBytes | undefined> {
  let bytes = await openToRead(path, context);
  while (bytes === 'gone') {
    const file = (await series.files()).find((one) => one.number === number);
    if (file === undefined) return undefined;
    bytes = await openToRead(file.path, context);
  }
  return bytes;
}

/** The lines of one file from the last one to the first, which is then closed. */
async function* timedLines(bytes: StoredBytes, path: string, context: ReadContext): AsyncGenerator<LogLine[]> {
  const seekable = bytes.kind === 'seekable' ? bytes : await spill(bytes);
  try {
    let waiting: { text: string; offset: number }[] = [];
    const take = (timeMs: number): LogLine[] => {
      const lines = waiting.map(({ text, offset }) => new LogLine(text, timeMs, path, offset));
      waiting = [];
      return lines;
    };
    for await (const lines of splitLinesBackward(seekable, await endOfRange(seekable, context))) {
      const timed: LogLine[] = [];
      for (const line of lines) {
        waiting.push({ text: line.bytes.toString(), offset: line.offset });
        const timeMs = lineTime(line.bytes);
        if (!Number.isNaN(timeMs)) timed.push(...take(timeMs));
        else if (waiting.length > MAX_WAITING) timed.push(...take(-Infinity));
      }
      if (timed.length > 0) yield timed;
    }
    if (waiting.length > 0) yield take(-Infinity);
    if ('damage' in seekable && seekable.damage !== undefined) tellDamage(seekable.damage, context);
  } finally {
    await seekable.close();
    if (seekable !== bytes) await bytes.close();
  }
}

/** Where in a file begins what is too young for the range. */
async function endOfRange(bytes: SeekableBytes, { range }: ReadContext): Promise<number> {
  const edgeMs = range.toMs + range.toleranceMs;
  return edgeMs === Infinity ? bytes.size : (await seekTime(bytes, edgeMs)).high;
}
