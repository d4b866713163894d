import {
  createLogger,
  type DestinationHealth,
  type Fields,
  type Logger,
  type Preset,
  type Receipt,
} from '@metaexpert/logger-core';
import { type MetaLoggerOptions } from './parameters';
import { resolveParameters } from './resolve-parameters';
import { toLoggerOptions } from './to-logger-options';

/** A logger with the methods that MetaExpert's Python `MetaLogger` has; as many as a program wants, each its own. */
export class MetaLogger {
  readonly #logger: Logger;

  /** @throws ConfigError with every mistake, before anything is opened */
  constructor(options?: MetaLoggerOptions | Preset) {
    this.#logger = createLogger(toLoggerOptions(resolveParameters(options)));
  }

  /** The same as `new MetaLogger(options)`. */
  static create(options?: MetaLoggerOptions | Preset): MetaLogger {
    return new MetaLogger(options);
  }

  /** A trade event: in the trades file and the main file. */
  logTrade(message: string, fields: Fields = {}): void {
    this.#logger.trade(message, fields);
  }

  /** An error: in the errors file and the main file. */
  logError(message: string | Error, error?: unknown, fields: Fields = {}): void {
    if (typeof message !== 'string') this.#logger.error(message, { ...(error as Fields | undefined), ...fields });
    else if (error === undefined) this.#logger.error(message, fields);
    else this.#logger.error(message, error, fields);
  }

  getMainLogger(): Logger {
    return this.#logger;
  }

  /** A logger all of whose records are trades. */
  getTradeLogger(context: Fields = {}): Logger {
    return this.#logger.child({ category: 'trade', ...context });
  }

  /** A logger all of whose records are about errors; the errors file takes those at `error` and worse. */
  getErrorLogger(context: Fields = {}): Logger {
    return this.#logger.child({ category: 'error', ...context });
  }

  /** Applies a whole new configuration. @throws ConfigError, and the old one goes on */
  async configure(options: MetaLoggerOptions | Preset): Promise<Receipt> {
    return this.#logger.reconfigure(toLoggerOptions(resolveParameters(options)));
  }

  health(): DestinationHealth[] {
    return this.#logger.health();
  }

  async shutdown(options: { timeoutMs?: number } = {}): Promise<Receipt> {
    return this.#logger.close(options);
  }
}
