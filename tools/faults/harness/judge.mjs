import { countsOf, describe, isWhole } from './tally.mjs';

/** The result of a row: `expectations` is a list of `[whether it holds, what is wrong when it does not]`. */
export function judge(cell, counts, expectations) {
  return {
    cell: [cell].flat().filter(Boolean).join(' · '),
    counts,
    flaws: flawsOf(counts),
    faults: expectations.filter(([holds]) => !holds).map(([, fault]) => fault),
  };
}

const FLAWS = ['lost', 'duplicated', 'torn', 'disordered'];

/** The four flaws over all files of a row. What `health()` counts as dropped is not lost: it is known. */
function flawsOf(counts) {
  const own = FLAWS.map((flaw) => counts[flaw] ?? 0);
  const inner = Object.values(counts).filter((value) => typeof value === 'object' && value !== null);
  const all = inner.map(flawsOf).reduce((sums, one) => sums.map((sum, index) => sum + one[index]), own);
  const [lost, ...others] = all;
  const known = typeof counts.dropped === 'number' ? counts.dropped : 0;
  return [Math.max(0, lost - known), ...others];
}

/** Expectation: a tally without a flaw. */
export const whole = (name, count) => [
  isWhole(count),
  `${name}: ${describe(count)} ${JSON.stringify(countsOf(count))}`,
];

/** Expectation: the child was not killed by the harness and left no helper behind. */
export const endedAlone = (ended) => [
  !ended.killed && ended.left === 0,
  ended.killed ? 'never ended, killed at the deadline' : `${ended.left} process(es) left behind`,
];

/** Expectation: the exit code and the signal that the outside sees. */
export const endedWith = (ended, { code, signal }) => [
  ended.code === code && ended.signal === signal,
  `ended with ${ended.signal ?? ended.code} instead of ${signal ?? code}${lastWords(ended)}`,
];

/**
 * The same beside a disk call that hangs. Node joins the hung thread before it exits, and before 22.15 nothing but
 * SIGKILL gets past that: there, and only there, SIGKILL passes if stderr has named the code that is lost.
 */
export function endedDespiteHungCall(ended, expected) {
  const announced = ended.stderr.includes('ended by SIGKILL') && ended.stderr.includes(`code ${expected.code}`);
  const excused = process.execve === undefined && !ended.killed && ended.signal === 'SIGKILL' && announced;
  return excused ? [true, ''] : endedWith(ended, expected);
}

/** Milliseconds from the child's report of that kind to its end. */
export function msFrom(ended, kind) {
  const report = ended.reports.find((candidate) => candidate.kind === kind);
  return report ? ended.at - report.at : undefined;
}

/** Expectation: over soon enough after a report. */
export const endedWithin = (ended, kind, limitMs) => {
  const ms = msFrom(ended, kind);
  return [ms !== undefined && ms <= limitMs, `took ${ms ?? '?'} ms from "${kind}" to its end, limit ${limitMs}`];
};

/** Expectation: `accepted = delivered + queued + dropped` for every destination, in every health report. */
export function balanced(ended) {
  const off = ended.reports
    .flatMap(({ health }) => health ?? [])
    .filter(({ accepted, delivered, queued, dropped }) => accepted !== delivered + queued + sum(dropped));
  return [off.length === 0, `accepted is not delivered + queued + dropped: ${JSON.stringify(off[0])}`];
}

const sum = (dropped) => Object.values(dropped ?? {}).reduce((total, value) => total + value, 0);

/** What the last health report says about one destination, with its drops added up. */
export function healthOf(ended, name) {
  const last = ended.reports.findLast(({ health }) => health);
  const destination = last?.health.find((candidate) => candidate.name === name);
  return destination && { ...destination, droppedInAll: sum(destination.dropped) };
}

/** For a cell: `crashed: Error: …` or `hung` when that is what happened, else nothing. */
export function mishap(ended, { code = 0, signal = null } = {}) {
  if (ended.killed) return 'hung';
  if (ended.code === code && ended.signal === signal) return '';
  return `${ended.signal ?? ended.code} instead of ${signal ?? code}${lastWords(ended)}`;
}

function lastWords({ stderr }) {
  const words = stderr.split('\n').find((line) => /^\S*(Error|Exception)\b/.test(line));
  return words ? ` (${words.slice(0, 80)})` : '';
}
