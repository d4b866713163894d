import { type Clock, ConfigError, nearestWord } from '@metaexpert/logger-core';

/** What becomes of an event that is not as its schema says. */
export type OnInvalid = 'flag' | 'reject' | 'throw';

export interface ComplianceOptions {
  /**
   * `flag` logs an invalid event with `invalid`, a list of what is wrong; `reject` logs that there was one, without its
   * fields; `throw` does that and throws at the caller.
   *
   * @default 'flag'
   */
  onInvalid?: OnInvalid;
  /** @default the system's */
  clock?: Clock;
}

const KNOWN: readonly string[] = ['onInvalid', 'clock'] satisfies (keyof ComplianceOptions)[];
const ON_INVALID: readonly unknown[] = ['flag', 'reject', 'throw', undefined];

/** @throws ConfigError with every mistake */
export function checkComplianceOptions(options: ComplianceOptions): void {
  const issues = Object.keys(options)
    .filter((key) => !KNOWN.includes(key))
    .map((key) => ({ path: key, message: `is not known${hint(key)}` }));
  if (!ON_INVALID.includes(options.onInvalid))
    issues.push({ path: 'onInvalid', message: `'${String(options.onInvalid)}' is not one of flag, reject, throw` });
  if (issues.length > 0) throw new ConfigError(issues);
}

function hint(key: string): string {
  const nearest = nearestWord(key, KNOWN);
  return nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
}
