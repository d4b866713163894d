import { setTimeout as sleep } from 'node:timers/promises';
import { FileError } from '../errors';
import { findSeries } from './find-series';
import { SeriesFollower } from './follow-series';
import { type LogLine } from './log-line';
import { type LogSeries } from './log-series';
import { type LineSource, mergeSeries } from './merge-series';
import { type ReadContext } from './read-context';
import { type SeriesPlace } from './read-forward';
import { forwardSource } from './series-source';

/** How often files are looked at; watching them is not to be relied on over networks and containers. */
const LOOK_MS = 200;

/** What is there, merged by time, then what is written from then on, as it comes. */
export async function* followAll(
  paths: readonly string[],
  context: ReadContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogLine[]> {
  const followers = new Map<string, SeriesFollower>();
  const begin = (series: LogSeries): SeriesPlace => {
    const place = { before: -1, offset: 0, timeMs: -Infinity };
    followers.set(series.path, new SeriesFollower(series, context, place));
    return place;
  };
  const sources: LineSource[] = [];
  for (const series of await findSeries(paths)) sources.push(await forwardSource(series, context, begin(series)));
  yield* mergeSeries(sources, false);
  while (signal?.aborted !== true) {
    let quiet = true;
    for (const follower of [...followers.values()]) {
      for await (const lines of follower.news()) {
        quiet = false;
        yield lines;
      }
    }
    if (quiet) await sleep(LOOK_MS, undefined, { signal }).catch(ignoreAbort);
    for (const series of await findSeries(paths).catch(noneYet)) if (!followers.has(series.path)) begin(series);
  }
}

function noneYet(thrown: unknown): LogSeries[] {
  if (thrown instanceof FileError) return [];
  throw thrown;
}

function ignoreAbort(): void {
  // The loop's condition sees it.
}
