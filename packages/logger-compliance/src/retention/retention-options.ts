import { inspect } from 'node:util';
import {
  type Category,
  type Clock,
  ConfigError,
  type ConfigIssue,
  type Logger,
  nearestWord,
} from '@metaexpert/logger-core';
import { isPeriod, type Period } from './period';
import { type RetainedLog } from './retained-file';
import { RETENTION_PRESETS, type RetentionPolicy, type RetentionPreset } from './retention-policy';

export interface RetentionOptions {
  /** Where it is logged what was done. Its audit destinations should be sealed. */
  log: Logger;
  /** What is kept; each log once. */
  logs: readonly RetainedLog[];
  /** Presets by name, and policies of one's own; the strictest of all counts. */
  policies: readonly (RetentionPreset | RetentionPolicy)[];
  /** Where old files go; they are looked after there as well. @default they stay */
  archive?: { readonly path: string; readonly after: Period };
  /** @default the system's */
  clock?: Clock;
}

const CATEGORIES: readonly Category[] = ['general', 'trade', 'error', 'performance', 'audit'];
const PERIODS = ['keepAtLeast', 'keepAtMost', 'atHand'] as const;

/** @throws ConfigError with every mistake */
export function checkRetention({ logs, policies, archive }: RetentionOptions): readonly RetentionPolicy[] {
  const issues: ConfigIssue[] = [];
  const add = (path: string, message: string): void => void issues.push({ path, message });
  const checkPeriod = (path: string, period: unknown): void => {
    if (period !== undefined && !isPeriod(period)) add(path, `${inspect(period)} is no period such as 90d, 12mo or 5y`);
  };
  const checkCategories = (path: string, given: readonly string[]): void => {
    for (const one of given.filter((category) => !CATEGORIES.includes(category as Category)))
      add(path, `'${one}' is not one of ${CATEGORIES.join(', ')}${meant(one, CATEGORIES)}`);
  };
  const chosen = policies.flatMap((policy, at) => {
    if (typeof policy !== 'string') return [policy];
    if (Object.hasOwn(RETENTION_PRESETS, policy)) return [RETENTION_PRESETS[policy]];
    const names = Object.keys(RETENTION_PRESETS);
    add(`policies[${at}]`, `'${policy}' is not one of ${names.join(', ')}${meant(policy, names)}`);
    return [];
  });
  if (policies.length === 0) add('policies', 'is empty: nothing would ever be due');
  for (const policy of chosen) {
    checkCategories(`policies.${policy.name}.categories`, policy.categories ?? []);
    for (const key of PERIODS) checkPeriod(`policies.${policy.name}.${key}`, policy[key]);
  }
  checkPeriod('archive.after', archive?.after);
  for (const [at, { path, category }] of logs.entries()) {
    checkCategories(`logs[${at}].category`, [category].flat());
    if (logs.findIndex((log) => log.path === path) < at) add(`logs[${at}].path`, `'${path}' is there twice`);
  }
  if (issues.length > 0) throw new ConfigError(issues);
  return chosen;
}

function meant(word: string, words: readonly string[]): string {
  const nearest = nearestWord(word, words);
  return nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
}
