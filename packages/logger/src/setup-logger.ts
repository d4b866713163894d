import { createLogger, type Fields, type Logger, type Preset, type Receipt } from '@metaexpert/logger-core';
import { type MetaLoggerOptions } from './parameters';
import { resolveParameters } from './resolve-parameters';
import { toLoggerOptions } from './to-logger-options';

/** The logger of this process, as MetaExpert's programs expect one. Made by `setupLogger`, or when first asked for. */
let root: Logger | undefined;

/**
 * Sets up the logger of this process: a readable console and three rotated files (main, trades, errors), secrets
 * masked, and nothing lost when the process ends. A second call applies the new options to the same logger.
 *
 * @throws ConfigError with every mistake, before anything is opened
 * @example
 * const log = setupLogger('production');
 * log.trade('order filled', { symbol: 'BTCUSDT', side: 'BUY', orderId: 'A1' });
 */
export function setupLogger(options?: MetaLoggerOptions | Preset): Logger {
  const resolved = toLoggerOptions(resolveParameters(options));
  if (root === undefined) root = createLogger(resolved);
  else void root.reconfigure(resolved);
  return root;
}

/** The same as {@link setupLogger}. */
export function setupLogging(options?: MetaLoggerOptions | Preset): Logger {
  return setupLogger(options);
}

/** The process' logger, or one of that name beneath it: own level, same destinations. */
export function getLogger(name?: string): Logger {
  const logger = root ?? setupLogger();
  return name === undefined ? logger : logger.named(name);
}

/** A logger all of whose records are of the category `trade`. @param context - fields on each of them */
export function getTradeLogger(context: Fields = {}): Logger {
  return getLogger().child({ category: 'trade', ...context });
}

/** Flushes and closes the process' logger; the next `getLogger` or `setupLogger` makes a new one. */
export async function shutdownLogger(options: { timeoutMs?: number } = {}): Promise<Receipt> {
  const logger = root;
  root = undefined;
  return logger === undefined ? { ok: true, destinations: [] } : logger.close(options);
}
