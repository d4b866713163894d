import { type LoggerOptions, type Preset } from '../config/logger-options';
import { type Fields } from '../record/log-record';
import { CoreLogger } from './core-logger';
import { type Logger } from './logger';

/**
 * Makes a logger: of a preset's name, of options, or of neither (JSON Lines on stdout at `info`).
 *
 * @throws ConfigError with every mistake in the configuration, before anything is opened
 * @example
 * const log = createLogger('production');
 * log.info('order placed', { symbol: 'BTCUSDT', quantity: '0.015' });
 */
export function createLogger(options?: LoggerOptions | Preset): Logger;
export function createLogger<F extends object>(options?: LoggerOptions | Preset): Logger<F>;
// Once more, because `ReturnType<typeof createLogger>` is that of the last one.
// eslint-disable-next-line @typescript-eslint/unified-signatures
export function createLogger(options?: LoggerOptions | Preset): Logger;
export function createLogger<F extends object = Fields>(options?: LoggerOptions | Preset): Logger<F> {
  return new CoreLogger(options) as unknown as Logger<F>;
}
