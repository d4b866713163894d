import { type MetaLoggerOptions } from './parameters';

/** Ready-made parameters; what is given changes them. */
export const LoggerConfig = {
  /** Readable console and text files, from `DEBUG` on. */
  forDevelopment: (overrides: MetaLoggerOptions = {}): MetaLoggerOptions => ({
    logLevel: 'DEBUG',
    jsonLogging: false,
    ...overrides,
  }),
  /** JSON Lines on the console and in the files, from `INFO` on. */
  forProduction: (overrides: MetaLoggerOptions = {}): MetaLoggerOptions => ({
    logLevel: 'INFO',
    jsonLogging: true,
    ...overrides,
  }),
  /** JSON Lines in the files alone: a backtest's millions of records are read afterwards. */
  forBacktesting: (overrides: MetaLoggerOptions = {}): MetaLoggerOptions => ({
    logLevel: 'INFO',
    jsonLogging: true,
    logToConsole: false,
    ...overrides,
  }),
} as const;
