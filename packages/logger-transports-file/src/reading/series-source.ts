import { type LogSeries } from './log-series';
import { type LineSource } from './merge-series';
import { readBackward } from './read-backward';
import { type ReadContext } from './read-context';
import { readForward, type SeriesPlace } from './read-forward';
import { firstInRange } from './series-files';

/** A series to be read from its oldest line on; `place` is told how far that went. */
export async function forwardSource(series: LogSeries, context: ReadContext, place?: SeriesPlace): Promise<LineSource> {
  const { range, times } = context;
  const files = await series.files();
  const first = files[await firstInRange(files, range, times)];
  const beginMs = first === undefined ? Infinity : ((await times.first(first.path)) ?? -Infinity);
  return { startMs: Math.max(range.fromMs, beginMs), batches: () => readForward(series, context, place) };
}

/** A series to be read from its youngest line on. */
export async function backwardSource(series: LogSeries, context: ReadContext): Promise<LineSource> {
  let lastMs = -Infinity;
  for (const { path } of await series.files()) lastMs = Math.max(lastMs, await context.times.last(path));
  return { startMs: Math.min(context.range.toMs, lastMs), batches: () => readBackward(series, context) };
}
