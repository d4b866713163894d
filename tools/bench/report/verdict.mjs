import { number } from '../harness/text-table.mjs';

/**
 * `met`, or by how much of the target the median missed it, and in how many rounds it was met: a verdict on which the
 * rounds disagree is within the noise. `void` when the runs behind it went wrong.
 */
export function verdict(value, rounds, target, spoilt) {
  if (!target) return '';
  if (spoilt) return `void: ${spoilt}`;
  if (!Number.isFinite(value)) return 'n/a';
  const kept = rounds.filter((each) => shortBy(each, target) <= 0).length;
  const agreed = kept === 0 || kept === rounds.length;
  const split = agreed ? '' : `, ${kept} of ${rounds.length} rounds met it`;
  const short = shortBy(value, target);
  return `${short <= 0 ? 'met' : `missed by ${number(short * 100)} %`}${split}`;
}

/** The share of the target that is missing; above zero is a miss. */
function shortBy(value, { atLeast, atMost, under }) {
  if (atLeast !== undefined) return (atLeast - value) / atLeast;
  if (under !== undefined) return value < under ? -1 : Math.max((value - under) / under, Number.EPSILON);
  return (value - atMost) / atMost;
}

/** The target as it is printed. */
export function bound(target, show) {
  if (!target) return '';
  const { atLeast, atMost, under } = target;
  if (atLeast !== undefined) return `>= ${show(atLeast)}`;
  return under === undefined ? `<= ${show(atMost)}` : `< ${show(under)}`;
}
