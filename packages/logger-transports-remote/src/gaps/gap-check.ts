import { RunCounter, type RunGaps } from './run-counter';

/** A row of a store, or a record: what names it, and its number. Stores give 64-bit numbers as text. */
export interface GapRow {
  readonly id: string;
  /** Absent, null or 0 on a destination's own notices. */
  readonly seq?: number | string | null | undefined;
}

export interface GapCheckOptions {
  /** The highest `seq` of each run that is known to be accepted: without it nobody can know what is missing at the end. */
  accepted?: Readonly<Record<string, number>>;
  /** Whether the rows are part of a longer log: then a run begins with the lowest number given, not with 1. @default false */
  partial?: boolean;
}

/** What {@link gapCheck} found: sums over all runs, and each of them. */
export interface GapReport {
  /** Whether nothing is missing and nothing is there twice. A store has no order, so order is not asked for. */
  readonly ok: boolean;
  readonly rows: number;
  readonly missing: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
  /** Rows without a number: what destinations say of themselves. */
  readonly notices: number;
  /** In the order of their first rows. */
  readonly runs: readonly RunGaps[];
}

/**
 * Shows by `seq` and `id` whether a store has every record once: numbers count without gaps in each run, and an id is the
 * run and the number. Rows may come in any order and from any number of processes; what is kept in memory grows with the
 * gaps, not with the rows.
 *
 * @throws TypeError when a row has no id, or one of another record than its number says
 * @example
 * const report = gapCheck([{ id: 'RUN-1', seq: 1 }, { id: 'RUN-3', seq: 3 }]);
 * report.ok; // false
 * report.runs[0].gaps; // [{ from: 2, to: 2 }]
 */
export function gapCheck(rows: Iterable<GapRow>, { accepted = {}, partial = false }: GapCheckOptions = {}): GapReport {
  const counters = new Map<string, RunCounter>();
  const counterOf = (run: string): RunCounter => {
    const counter = counters.get(run) ?? new RunCounter(run);
    counters.set(run, counter);
    return counter;
  };
  const noticeIds = new Set<string>();
  let [notices, doubleNotices] = [0, 0];
  for (const { id, seq } of rows) {
    const number = Number(seq ?? 0);
    if (typeof id !== 'string' || !Number.isSafeInteger(number))
      throw new TypeError(`no row of a log: id ${id}, seq ${seq}`);
    if (number > 0) counterOf(runOf(id, number)).add(number);
    else {
      notices += 1;
      if (noticeIds.has(id)) doubleNotices += 1;
      noticeIds.add(id);
    }
  }
  const wanted = new Map(Object.entries(accepted));
  for (const run of wanted.keys()) counterOf(run);
  const runs = [...counters.values()].map((counter) => counter.report(wanted.get(counter.run), partial));
  const sum = (key: 'rows' | 'missing' | 'duplicates' | 'outOfOrder'): number =>
    runs.reduce((total, run) => total + run[key], 0);
  const [missing, duplicates] = [sum('missing'), sum('duplicates') + doubleNotices];
  return {
    ok: missing === 0 && duplicates === 0,
    rows: sum('rows') + notices,
    missing,
    duplicates,
    outOfOrder: sum('outOfOrder'),
    notices,
    runs,
  };
}

function runOf(id: string, seq: number): string {
  const end = `-${seq}`;
  if (!id.endsWith(end)) throw new TypeError(`the id ${id} is not that of a record with the number ${seq}`);
  return id.slice(0, -end.length);
}
