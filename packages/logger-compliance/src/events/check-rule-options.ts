import { type ConfigIssue, ConfigError, nearestWord } from '@metaexpert/logger-core';
import { inspect } from 'node:util';

/** What an option of a shipped check may be, in words, and whether a value is that. */
const RULES = {
  windowMs: ['a number of milliseconds above zero', (value) => isNumber(value) && value > 0],
  max: ['a number, zero or above', (value) => isNumber(value) && value >= 0],
  minOrders: ['a number, zero or above', (value) => isNumber(value) && value >= 0],
  maxDeviation: ['a number above zero: 0.05 is five hundredths', (value) => isNumber(value) && value > 0],
  marketPrice: ['a function', (value) => typeof value === 'function'],
} as const satisfies Record<string, readonly [words: string, check: (value: unknown) => boolean]>;

type RuleOption = keyof typeof RULES;

/**
 * Without this a limit that is missing would be broken by every event, or by none.
 *
 * @param check - the check's name
 * @param required - the others that `known` names have defaults
 * @throws ConfigError with every mistake
 */
export function checkRuleOptions(
  check: string,
  options: object,
  known: readonly RuleOption[],
  required: readonly RuleOption[] = [],
): void {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const issues: ConfigIssue[] = required
    .filter((key) => !given.some(([name]) => name === key))
    .map((key) => ({ path: `${check}.${key}`, message: `is missing: it is ${RULES[key][0]}` }));
  for (const [key, value] of given) {
    const path = `${check}.${key}`;
    const option = known.find((name) => name === key);
    if (option === undefined) {
      const near = nearestWord(key, known);
      issues.push({ path, message: `is not known${near === undefined ? '' : ` (did you mean '${near}'?)`}` });
    } else if (!RULES[option][1](value)) {
      issues.push({ path, message: `${inspect(value, { depth: 0 })} is not ${RULES[option][0]}` });
    }
  }
  if (issues.length > 0) throw new ConfigError(issues);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
