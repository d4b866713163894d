import { type Level } from '@metaexpert/logger-core';

/** The bot's own count of the records it has asked for, to hold against what the log files have. */
export interface LedgerCounts {
  readonly total: number;
  readonly trade: number;
  readonly errorOrWorse: number;
  readonly byLevel: Readonly<Record<Level, number>>;
}

export class RecordLedger {
  readonly #byLevel: Record<Level, number> = { critical: 0, error: 0, warning: 0, trade: 0, info: 0, debug: 0 };

  /** Once per record, just before it is logged. */
  count(level: Level): void {
    this.#byLevel[level] += 1;
  }

  counts(): LedgerCounts {
    const byLevel = { ...this.#byLevel };
    return {
      total: Object.values(byLevel).reduce((sum, count) => sum + count, 0),
      trade: byLevel.trade,
      errorOrWorse: byLevel.critical + byLevel.error,
      byLevel,
    };
  }
}
