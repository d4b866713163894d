import { stat } from 'node:fs/promises';
import { lineTime } from './line-time';
import { LogLine } from './log-line';
import { type LogSeries, type SeriesFile } from './log-series';
import { openToRead, type ReadContext } from './read-context';
import { type SeriesPlace, wasRotated } from './read-forward';
import { splitLines } from './split-lines';
import { chunksFrom, type StoredBytes } from './stored-bytes';
import { isWithin } from './time-range';

/**
 * What is new in a series since the last look, over any number of rotations. The file that was being read is the first behind
 * the last one done with, whatever it is called by now.
 */
export class SeriesFollower {
  readonly #series: LogSeries;
  readonly #context: ReadContext;
  readonly #place: SeriesPlace;
  /** Of the live file at the last look. */
  #seen: { readonly inode: number; readonly size: number } | undefined;

  constructor(series: LogSeries, context: ReadContext, place: SeriesPlace) {
    this.#series = series;
    this.#context = context;
    this.#place = place;
  }

  /** Every new line that is whole; the last one of a file put aside need not be. */
  async *news(): AsyncGenerator<LogLine[]> {
    for (;;) {
      const file = await this.#series.after(this.#place.before);
      if (file === undefined) return;
      const stats = file.number === Infinity ? await stat(file.path).catch(() => undefined) : undefined;
      if (stats !== undefined && stats.ino === this.#seen?.inode && stats.size === this.#seen.size) return;
      const bytes = await openToRead(file.path, this.#context);
      if (bytes === 'gone') continue;
      try {
        if (await wasRotated(this.#series, file, this.#place.before)) continue;
        if (stats !== undefined) this.#see(stats.ino, stats.size);
        if (bytes !== undefined) yield* this.#lines(bytes, file);
      } finally {
        await bytes?.close();
      }
      if (file.number === Infinity) return;
      this.#place.before = file.number;
      this.#place.offset = 0;
      this.#seen = undefined;
    }
  }

  /** The live file, of which it is known by now that our own rotation has not replaced it. */
  #see(inode: number, size: number): void {
    const before = this.#seen;
    this.#seen = { inode, size };
    // Cut, or replaced by somebody else's rotation: it begins anew.
    if (before !== undefined && (before.inode !== inode || size < before.size)) this.#place.offset = 0;
  }

  async *#lines(bytes: StoredBytes, { path, number }: SeriesFile): AsyncGenerator<LogLine[]> {
    const place = this.#place;
    // Cut before the first look at it. What was looked at may have been the file before the cut, which is not to be found again.
    if (bytes.kind === 'seekable' && bytes.size < place.offset) {
      place.offset = 0;
      if (this.#seen !== undefined) this.#seen = { ...this.#seen, size: 0 };
    }
    // A compressed file comes from its beginning.
    const start = bytes.kind === 'streamed' ? 0 : place.offset;
    for await (const lines of splitLines(chunksFrom(bytes, start), start)) {
      const news: LogLine[] = [];
      for (const { bytes: line, offset, whole } of lines) {
        if (offset < place.offset || (number === Infinity && !whole)) continue;
        const own = lineTime(line);
        if (!Number.isNaN(own)) place.timeMs = own;
        place.offset = offset + line.length + 1;
        const wanted = isWithin(place.timeMs, this.#context.range);
        if (wanted) news.push(new LogLine(line.toString(), place.timeMs, path, offset));
      }
      if (news.length > 0) yield news;
    }
  }
}
