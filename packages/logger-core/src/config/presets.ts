import { type LoggerOptions, type Preset } from './logger-options';

/** What core alone gives under each preset. */
export const PRESETS: Readonly<Record<Preset, LoggerOptions>> = {
  /** Readable, everything, at once: the order against `console.log` is kept. */
  development: { level: 'debug', destinations: [{ type: 'console', format: 'pretty', batch: { maxRecords: 1 } }] },
  /** JSON Lines on stdout, for whatever collects it. */
  production: { level: 'info', destinations: [{ type: 'console', format: 'json' }] },
  /** The same in large chunks: a backtest makes millions of records and nobody watches them live. */
  backtesting: {
    level: 'info',
    destinations: [{ type: 'console', format: 'json', batch: { maxRecords: 1000, maxDelayMs: 250 } }],
  },
};

export const DEFAULTS = {
  level: 'info',
  exitHooks: true,
  sources: true,
  shutdownTimeoutMs: 2000,
  destinations: [{ type: 'console', format: 'json' }],
} as const;
