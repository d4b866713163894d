import { type LoggerOptions } from '@metaexpert/logger-core';

/** Levels as MetaExpert writes them; any letter case. */
export type LogLevelName = 'DEBUG' | 'INFO' | 'TRADE' | 'WARNING' | 'ERROR' | 'CRITICAL';

export type OverflowStrategy = 'drop_oldest' | 'drop_newest' | 'block' | 'increase_temporarily';

/** A remote destination as MetaExpert's template writes it. */
export interface RemoteLogDestination {
  url: string;
  auth_token?: string;
  format?: string;
  tls_enabled?: boolean;
  tls_verify?: boolean;
  compression_enabled?: boolean;
}

/** The template parameters of MetaExpert, by their camelCase names. */
export interface TemplateParameters {
  /** @default 'INFO' */
  logLevel: LogLevelName | Lowercase<LogLevelName>;
  /** @default 'metaexpert' */
  logName: string;
  /** @default 'logs' */
  logDir: string;
  /** @default 'expert.log' */
  logFile: string;
  /** @default 'trades.log' */
  logTradeFile: string;
  /** @default 'errors.log' */
  logErrorFile: string;
  /** @default true */
  logToFile: boolean;
  /** @default true */
  logToConsole: boolean;
  /** Whether files and console are JSON Lines; the trades file always is. @default false */
  jsonLogging: boolean;
  /** False hands every record over at once, one by one. @default true */
  asyncLogging: boolean;
  /** @default true on a terminal */
  useColors: boolean;
  /** Size at which a file is put aside, at most 1 GiB. @default 10485760 */
  maxBytes: number;
  /** Files put aside that are kept beside the live one; 0 never rotates. @default 5 */
  backupCount: number;
  /** @default none: by number only */
  logRetentionDays: number;
  /** @default false */
  enableCompression: boolean;
  /** @default logLevel */
  consoleLogLevel: LogLevelName | Lowercase<LogLevelName>;
  /** @default logLevel */
  fileLogLevel: LogLevelName | Lowercase<LogLevelName>;
  /** Accepted for MetaExpert's sake; the queue is `logAsyncQueueSize`. @default 1000 */
  logBufferSize: number;
  /** Records a destination's queue holds. @default 10000 */
  logAsyncQueueSize: number;
  /** Records a destination writes at once. @default 100 */
  logBatchSize: number;
  /** @default 'drop_oldest' */
  overflowStrategy: OverflowStrategy;
  /** Per destination; more wait in its queue. @default none */
  maxLogsPerSecond: number;
  /** @default none */
  remoteLogDestinations: RemoteLogDestination[];
}

export type ParameterName = keyof TemplateParameters;

type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : '';

/** The parameters in snake_case, as Python writes them. */
export type SnakeParameters = { [K in ParameterName as SnakeCase<K>]: TemplateParameters[K] };

/** Other names that MetaExpert's users know. */
export interface ParameterAliases {
  log_directory: string;
  logDirectory: string;
  trade_log_file: string;
  tradeLogFile: string;
  error_log_file: string;
  errorLogFile: string;
  structured_logging: boolean;
  structuredLogging: boolean;
  log_max_file_size: number;
  logMaxFileSize: number;
  log_backup_count: number;
  logBackupCount: number;
}

/** Options of core that go with the parameters. `destinations` come beside the console and the three files. */
export type CoreOptions = Pick<
  LoggerOptions,
  | 'preset'
  | 'levels'
  | 'fields'
  | 'destinations'
  | 'processors'
  | 'plugins'
  | 'redact'
  | 'clock'
  | 'exitHooks'
  | 'format'
  | 'source'
  | 'sources'
  | 'shutdownTimeoutMs'
>;

/** What `setupLogger` takes: MetaExpert's template parameters in either spelling, and core's options. */
export type MetaLoggerOptions = Partial<TemplateParameters> &
  Partial<SnakeParameters> &
  Partial<ParameterAliases> &
  CoreOptions;

/** Defaults of DESIGN 4.4; a parameter that is not here has none. */
export const PARAMETER_DEFAULTS = {
  logLevel: 'INFO',
  logName: 'metaexpert',
  logDir: 'logs',
  logFile: 'expert.log',
  logTradeFile: 'trades.log',
  logErrorFile: 'errors.log',
  logToFile: true,
  logToConsole: true,
  jsonLogging: false,
  asyncLogging: true,
  useColors: undefined,
  maxBytes: 10_485_760,
  backupCount: 5,
  logRetentionDays: undefined,
  enableCompression: false,
  consoleLogLevel: undefined,
  fileLogLevel: undefined,
  logBufferSize: 1000,
  logAsyncQueueSize: 10_000,
  logBatchSize: 100,
  overflowStrategy: 'drop_oldest',
  maxLogsPerSecond: undefined,
  remoteLogDestinations: undefined,
} satisfies Record<ParameterName, unknown>;

/** The parameters in force: those with a default are there. */
export type ResolvedParameters = Partial<TemplateParameters> &
  Omit<
    TemplateParameters,
    { [K in ParameterName]: (typeof PARAMETER_DEFAULTS)[K] extends undefined ? K : never }[ParameterName]
  >;
