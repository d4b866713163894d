import { type Fields, withContext } from '@metaexpert/logger-core';

/** Fields for everything logged while something runs, as Python's `with LogContext(…)`. */
export class LogContext {
  readonly fields: Readonly<Fields>;

  constructor(fields: Fields) {
    this.fields = Object.freeze({ ...fields });
  }

  /** @returns what `work` returns */
  run<T>(work: () => T): T {
    return withContext(this.fields, work);
  }
}
