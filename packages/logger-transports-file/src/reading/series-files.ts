import { type FileTimes } from './file-times';
import { type SeriesFile } from './log-series';
import { type TimeRange } from './time-range';

/**
 * The index of the first file that may hold a line of the range; `files.length` when none may. By bisection over the times at which
 * files begin: a hundred archives take seven looks.
 */
export async function firstInRange(files: readonly SeriesFile[], range: TimeRange, times: FileTimes): Promise<number> {
  const edgeMs = range.fromMs - range.toleranceMs;
  if (edgeMs === -Infinity) return 0;
  const begun = await countBegun(files, edgeMs, times);
  // The last that begins before the range may reach into it; its last change tells whether it cannot.
  const candidate = Math.max(0, begun - 1);
  const file = files[candidate];
  return file !== undefined && (await times.last(file.path)) < edgeMs ? candidate + 1 : candidate;
}

/** How many of the files may hold a line of the range or an older one. */
export async function countUntilRangeEnd(
  files: readonly SeriesFile[],
  range: TimeRange,
  times: FileTimes,
): Promise<number> {
  const edgeMs = range.toMs + range.toleranceMs;
  return edgeMs === Infinity ? files.length : countBegun(files, edgeMs, times);
}

/** How many files begin at or before an instant. One without times belongs to the next that has one. */
async function countBegun(files: readonly SeriesFile[], edgeMs: number, times: FileTimes): Promise<number> {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    let probe = middle;
    let firstMs = await times.first((files[probe] as SeriesFile).path);
    while (firstMs === undefined && ++probe < high) firstMs = await times.first((files[probe] as SeriesFile).path);
    if (firstMs !== undefined && firstMs <= edgeMs) low = probe + 1;
    else high = middle;
  }
  return low;
}
