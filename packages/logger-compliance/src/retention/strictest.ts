import { type Category } from '@metaexpert/logger-core';
import { addPeriod } from './period';
import { type RetentionPolicy } from './retention-policy';

/** What all policies together make of records of some categories that ended at some time. Times in ms since 1970. */
export interface Verdict {
  /** The longest duty to keep, if any. */
  readonly keep: Demand | undefined;
  /** The shortest limit, if any. */
  readonly erase: Demand | undefined;
  /** The longest time at hand, if any. */
  readonly atHand: Demand | undefined;
  /** The limit comes before the duty is over; the duty wins. */
  readonly conflict: string | undefined;
}

interface Demand {
  readonly policy: RetentionPolicy;
  readonly period: string;
  readonly untilMs: number;
}

/**
 * The strictest of several policies: of duties to keep the longest, of limits the shortest. Where a limit comes before a
 * duty is over, the duty wins: what the law makes one keep may be kept (GDPR art. 17(3)(b)), and what is erased does not
 * come back.
 *
 * @param lastMs - when the youngest of the records was made
 */
export function strictest(
  policies: readonly RetentionPolicy[],
  categories: readonly Category[],
  lastMs: number,
): Verdict {
  const about = policies.filter((policy) => policy.categories?.some((one) => categories.includes(one)) ?? true);
  const demands = (key: 'keepAtLeast' | 'keepAtMost' | 'atHand'): Demand[] =>
    about
      .flatMap((policy) => {
        const period = policy[key];
        return period === undefined ? [] : [{ policy, period, untilMs: addPeriod(lastMs, period) }];
      })
      .sort((a, b) => a.untilMs - b.untilMs);
  const keep = demands('keepAtLeast').at(-1);
  const erase = demands('keepAtMost')[0];
  return { keep, erase, atHand: demands('atHand').at(-1), conflict: explainConflict(keep, erase) };
}

function explainConflict(keep: Demand | undefined, erase: Demand | undefined): string | undefined {
  if (keep === undefined || erase === undefined || keep.untilMs <= erase.untilMs) return undefined;
  return (
    `${erase.policy.name} wants the records gone after ${erase.period} (${erase.policy.source}), ` +
    `${keep.policy.name} wants them kept for ${keep.period} (${keep.policy.source}): the duty to keep wins, ` +
    'GDPR art. 17(3)(b); they go when it is over'
  );
}
