import { type LogLine } from './log-line';

/** Lines of one series, in order. */
export interface LineSource {
  /** Nothing of it comes before this in the order of the reading; it is opened when it is its turn. */
  readonly startMs: number;
  batches(): AsyncGenerator<LogLine[]>;
}

interface Cursor {
  readonly batches: AsyncGenerator<LogLine[]>;
  lines: LogLine[];
  next: number;
}

/**
 * Merges series by the times of their lines; the order within a series stays. A series is opened when its turn comes,
 * so that a thousand dated files do not need a thousand descriptors. Closes all when it is ended early.
 */
export async function* mergeSeries(sources: readonly LineSource[], reverse: boolean): AsyncGenerator<LogLine[]> {
  const sign = reverse ? -1 : 1;
  const waiting = [...sources].sort((a, b) => compare(sign * a.startMs, sign * b.startMs));
  let open: Cursor[] = [];
  try {
    while (waiting.length > 0 || open.length > 0) {
      let first = foremost(open, sign);
      while (waiting[0] !== undefined && (first === undefined || sign * waiting[0].startMs <= sign * timeOf(first))) {
        const cursor: Cursor = { batches: (waiting.shift() as LineSource).batches(), lines: [], next: 0 };
        open.push(cursor);
        if (!(await refill(cursor))) open = open.filter((one) => one !== cursor);
        first = foremost(open, sign);
      }
      if (first === undefined) continue;
      const others = open.filter((one) => one !== first);
      const rival = foremost(others, sign);
      const limit = Math.min(
        rival === undefined ? Infinity : sign * timeOf(rival),
        waiting[0] === undefined ? Infinity : sign * waiting[0].startMs,
      );
      const from = first.next;
      do first.next += 1;
      while (first.next < first.lines.length && sign * timeOf(first) <= limit);
      yield first.lines.slice(from, first.next);
      if (first.next === first.lines.length && !(await refill(first))) open = others;
    }
  } finally {
    await Promise.all(open.map(({ batches }) => batches.return(undefined)));
  }
}

function foremost(cursors: readonly Cursor[], sign: number): Cursor | undefined {
  let best: Cursor | undefined;
  for (const cursor of cursors) if (best === undefined || sign * timeOf(cursor) < sign * timeOf(best)) best = cursor;
  return best;
}

function timeOf(cursor: Cursor): number {
  return (cursor.lines[cursor.next] as LogLine).timeMs;
}

async function refill(cursor: Cursor): Promise<boolean> {
  const result = await cursor.batches.next();
  if (result.done === true) return false;
  cursor.lines = result.value;
  cursor.next = 0;
  return true;
}

/** Infinities of one sign are equal. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
