export { createLogger } from './logger/create-logger';
export { type LevelMethod, type Logger, type TimeOptions } from './logger/logger';
export { withContext } from './context/ambient';
export { type Clock, systemClock } from './clock';
export { type Level, LEVELS, LEVEL_RANKS, parseLevel, SEVERITIES } from './level';
export {
  type CommonDestinationOptions,
  type DestinationOptions,
  type LoggerOptions,
  type Preset,
  type SpoolOptions,
} from './config/logger-options';
export { explainConfig } from './config/resolve';
export { fromArgv } from './config/argv';
export { nearestWord } from './config/nearest-word';
export { type ConfigLayer, type ConfigSource, type ExplainedValue, mergeLayers } from './config/layers';
export { readConfigFile } from './config/config-file';
export { readEnvironment } from './config/environment';
export { parseText } from './config/key-path';
export { type ConfigIssue, ConfigError, ERROR_CODES, type ErrorCode, LoggerError, toError } from './errors';
export { type Failure, type FailureListener } from './failure-channel';
export { type DestinationHealth } from './destination/health';
export { type DestinationState } from './destination/attempts';
export { type DestinationReceipt, type Receipt } from './destination/receipt';
export { type Overflow } from './destination/overflow';
export { type OpenSpool, type SpooledBody, type SpoolEvents, type SpoolStore } from './destination/spool-store';
export { type RateLimitOptions } from './destination/rate-limit';
export { type RetryOptions } from './destination/backoff';
export { type BreakerOptions } from './destination/breaker';
export { type DestinationSettings, type SettingsInput } from './destination/settings';
export { type FilterOptions, type FilterPredicate } from './pipeline/filter';
export { type Processor } from './pipeline/processor';
export { type Category, type ErrorRecord, type Fields, type LogRecord } from './record/log-record';
export { createSecretTest, mask, type RedactOptions } from './record/mask';
export { encodeRecord } from './record/encode-record';
export { type Formatter } from './formatters/formatter';
export { json } from './formatters/json';
export { createPretty, pretty, type PrettyOptions } from './formatters/pretty';
export { consoleOutput, type ConsoleOptions } from './console/console-plugin';
export {
  carriedPlugin,
  definePlugin,
  type Diagnostics,
  type FormatterPlugin,
  type MemberOptions,
  type Plugin,
  type PluginContext,
  type PluginSchema,
  type ProcessorPlugin,
  type SpoolPlugin,
  type TransportContext,
  type TransportPlugin,
  withPlugin,
} from './plugin/plugin';
export {
  type DirectEntry,
  type DirectTransport,
  type Entry,
  type Settle,
  type Transport,
  type WriteResult,
} from './transport/transport';
export { type LineText } from './record/line-text';
export { lineBytes, type LineEntry, withBytes, writeLines } from './transport/write-lines';
export { fromWinston } from './transport/from-winston';
export { toWinston } from './transport/to-winston';
export { type WinstonTarget } from './transport/winston-target';
