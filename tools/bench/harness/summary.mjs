import { median } from './statistics.mjs';

const faults = ['lost', 'duplicated', 'torn', 'foreign', 'leaked'];

/** Of the rounds of one mode: the median of every number, the sum of everything that went wrong. */
export function summarise(rounds) {
  const good = rounds.filter(({ failed }) => !failed);
  const numbers = Object.keys(good[0] ?? {}).filter((key) => typeof good[0][key] === 'number');
  return {
    ...Object.fromEntries(numbers.map((key) => [key, median(good.map((round) => round[key]))])),
    faults: Object.fromEntries(
      faults.map((key) => [key, rounds.reduce((sum, { disk }) => sum + (disk?.[key] ?? 0), 0)]),
    ),
    failed: rounds.filter(({ failed }) => failed).map(({ failed }) => failed),
    rounds,
  };
}

/** The median of the ratios of each round: both sides of one round had the same machine. */
export function ratio(ours, theirs, field) {
  return median(ratios(ours, theirs, field));
}

/** One ratio a round; none where either side failed. */
export function ratios(ours, theirs, field) {
  if (!ours || !theirs) return [];
  return ours.rounds.map((round, index) => round[field] / theirs.rounds[index]?.[field]).filter(Number.isFinite);
}

/** What each round measured. */
export function valuesOf(entry, field) {
  return (entry?.rounds ?? []).map((round) => round[field]).filter(Number.isFinite);
}

/** `12 lost, 1 torn`, or nothing. */
export function faultsOf({ faults: counts, failed }) {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  const texts = parts.map(([name, count]) => `${count} ${name.toUpperCase()}`);
  if (failed.length > 0) texts.push(`FAILED ${failed.length}x`);
  return texts.join(', ');
}
