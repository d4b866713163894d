import { type Fields, type Logger } from '@metaexpert/logger-core';
import { LogContext } from './log-context';
import { getLogger } from './setup-logger';

/** What a trade's records have in common. */
export interface TradeFields extends Fields {
  symbol?: string;
  side?: 'BUY' | 'SELL';
  orderId?: string;
  clientOrderId?: string;
  strategyId?: string | number;
  exchange?: string;
}

export interface TradeContextOptions {
  /** Says that the trade started and how it ended. @default the process' logger */
  logger?: Logger;
  /** What is done, as the messages name it. @default 'trade' */
  operation?: string;
}

/**
 * A {@link LogContext} for one trade. Its records are of the category `trade`; the first says that it started, the last
 * how it ended: `outcome`, `durationMs`, and the `result` that the work gave, or the error that it threw.
 *
 * @example
 * await new TradeContext({ symbol: 'BTCUSDT', side: 'BUY' }).run(async () => placeOrder());
 */
export class TradeContext extends LogContext {
  readonly #options: TradeContextOptions;

  constructor(fields: TradeFields, options: TradeContextOptions = {}) {
    super({ category: 'trade', ...fields });
    this.#options = options;
  }

  /** @returns what `work` returns, and throws what it throws */
  override run<T>(work: () => T): T {
    return super.run(() => this.#watched(work));
  }

  #watched<T>(work: () => T): T {
    const { logger = getLogger(), operation = 'trade' } = this.#options;
    const start = performance.now();
    const durationMs = (): number => Math.round((performance.now() - start) * 1000) / 1000;
    const completed = <R>(result: R): R => {
      logger.trade(`${operation} completed`, { outcome: 'ok', durationMs: durationMs(), result });
      return result;
    };
    const failed = (thrown: unknown): never => {
      const about = { outcome: 'failed', durationMs: durationMs() };
      // Whatever was thrown is the record's error.
      const error = thrown instanceof Error ? thrown : new Error(describe(thrown), { cause: thrown });
      logger.error(`${operation} failed`, error, about);
      throw thrown;
    };
    logger.trade(`${operation} started`);
    try {
      const result = work();
      return isPromise(result) ? (result.then(completed, failed) as T) : completed(result);
    } catch (thrown) {
      return failed(thrown);
    }
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

function describe(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'a value that cannot be printed was thrown';
  }
}
